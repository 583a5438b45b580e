/** Reads a ledger into a portfolio, whole or not at all: parsed, checked, its securities known, its rows written. */
import { EngineError } from '../contract/errors';
import type { LedgerProblem } from '../ledger/entries';
import { importModel, type ImportModel } from '../ledger/import-model';
import { LedgerRefused } from '../ledger/ledger-refused';
import { ledgerSecurities, type LedgerSecurity, unknownCommodities } from '../ledger/ledger-securities';
import { type FxSeries, fxSeries } from '../packs/fx-series';
import { fxHistory } from './fx-rates';
import { importLedger, type ImportOutcome } from './import-ledger';
import type { LedgerSource } from './ledger-source';
import type { Tx } from './pool';
import { findPortfolio } from './portfolios';
import { latestPack } from './pricing-packs';
import { insertSecurities, securityId } from './securities';

export interface FileImport {
  user_id: string;
  portfolio_id: string;
  source: LedgerSource;
  /** Makes securities of commodities that are none yet, by their `commodity` directive and the currency of their cost. */
  addSecurities: boolean;
}

export interface ImportedFile {
  portfolio: { id: string; name: string };
  outcome: ImportOutcome;
  counts: Record<'lots' | 'closures' | 'transactions' | 'cash_movements' | 'balance_assertions', number>;
  added_securities: string[];
  warnings: LedgerProblem[];
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * @param tx of the portfolio's user, as the owner of the tables
 * @throws LedgerRefused with every problem, before anything is written; EngineError PORTFOLIO_NOT_FOUND
 */
export async function importLedgerFile(tx: Tx, request: FileImport): Promise<ImportedFile> {
  const { user_id, portfolio_id, source, addSecurities } = request;
  const { parsed, ledger_commit_hash } = source;
  const portfolio = uuid.test(portfolio_id) ? await findPortfolio(tx, portfolio_id) : null;
  if (!portfolio || !(await isOwn(tx, user_id, portfolio_id)))
    throw new EngineError('PORTFOLIO_NOT_FOUND', `This user has no portfolio ${portfolio_id}.`, {
      portfolio_id,
    });
  const { base_currency } = portfolio;
  const fx = await quotedRates(tx);
  const model = importModel(parsed.entries, {
    base_currency,
    rateAt: (currency, date) => fx.crossAt(currency, base_currency, date),
  });
  const problems = [...parsed.problems, ...model.problems];
  const securities = [...ledgerSecurities(parsed.entries, model).values()];
  const unknown = await unknownOf(tx, securities);
  const addable = addSecurities ? unknown.filter(({ currency }) => currency !== null) : [];
  const refused = unknownCommodities(unknown.filter((security) => !addable.includes(security)));
  if (problems.length > 0) throw new LedgerRefused('LEDGER_INVALID', [...problems, ...refused]);
  if (refused.length > 0) throw new LedgerRefused('COMMODITY_UNKNOWN', refused);
  await insertSecurities(tx, addable.map(toSecurity));
  const outcome = await importLedger(tx, {
    user_id,
    portfolio_id,
    ledger_commit_hash,
    model,
    file: parsed.file,
  });
  return {
    portfolio: { id: portfolio.id, name: portfolio.name },
    outcome,
    counts: countsOf(model, parsed.entries.filter(({ kind }) => kind === 'balance').length),
    added_securities: addable.map(({ symbol }) => symbol),
    warnings: model.warnings,
  };
}

/** Row-level security does not bind an owner of the tables who is a superuser. */
async function isOwn(tx: Tx, userId: string, portfolioId: string): Promise<boolean> {
  const { rowCount } = await tx.query('select from portfolios where user_id = $1 and id = $2', [
    userId,
    portfolioId,
  ]);
  return rowCount === 1;
}

/** Of every currency that packs have quotes of. */
async function quotedRates(tx: Tx): Promise<FxSeries> {
  const pack = await latestPack(tx);
  if (pack === null) return fxSeries([]);
  const { rows } = await tx.query<{ quote_ccy: string }>('select distinct quote_ccy from fx_rates');
  const quotes = await fxHistory(tx, {
    pack_id: pack.id,
    currencies: rows.map(({ quote_ccy }) => quote_ccy),
  });
  return fxSeries(
    quotes.map(({ quote_date, quote_ccy, rate }) => ({ date: quote_date, rates: { [quote_ccy]: rate } })),
  );
}

async function unknownOf(tx: Tx, securities: readonly LedgerSecurity[]): Promise<LedgerSecurity[]> {
  const { rows } = await tx.query<{ symbol: string }>(
    'select symbol from securities where symbol = any($1)',
    [securities.map(({ symbol }) => symbol)],
  );
  const known = new Set(rows.map(({ symbol }) => symbol));
  return securities.filter(({ symbol }) => !known.has(symbol));
}

function toSecurity({ symbol, name, currency }: LedgerSecurity) {
  return {
    id: securityId(symbol),
    symbol,
    name,
    asset_class: 'equity' as const,
    currency: currency as string,
  };
}

function countsOf(
  { lots, closures, transactions, cash_movements }: ImportModel,
  balance_assertions: number,
): ImportedFile['counts'] {
  return {
    lots: lots.length,
    closures: closures.length,
    transactions: transactions.length,
    cash_movements: cash_movements.length,
    balance_assertions,
  };
}
