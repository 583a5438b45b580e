/** Every figure that the analyst gives for the demo comes to the same when its explainer computes it from the evidence. */
import type { CapabilityName } from '../../src/capabilities';
import { catalogue } from '../../src/capabilities';
import { readAsUser } from '../../src/db/pool';
import { type Evidence, openEvidence } from '../../src/executor/explain/evidence';
import { parseFieldPath, valueAt } from '../../src/executor/explain/field-path';
import { figureSchema } from '../../src/executor/explain/figure-schema';
import { listFigures } from '../../src/executor/explain/figures';
import type { Told } from '../../src/executor/explain/explainer';
import { explainers } from '../../src/executor/explain/registry';
import { isSameFigure } from '../../src/executor/explain/same-figure';
import { findPortfolio } from '../../src/db/portfolios';
import { type ReadLedger, readLedger } from '../support/read-ledger';
import { alice, type Analyst, bob, type Owner, startAnalyst } from '../support/ask-analyst';

let analyst: Analyst;
beforeAll(async () => {
  analyst = await startAnalyst();
}, 60_000);
afterAll(() => analyst.close());

/** What an explanation of a figure needs, as it finds it in an execution. */
async function withEvidence<T>(owner: Owner, day: string, work: (evidence: Evidence) => Promise<T>, of: Partial<ReadLedger> = {}): Promise<T> {
  return readAsUser(analyst.pool, owner.user_id, async (tx) => {
    const portfolio = await findPortfolio(tx, owner.portfolio_id);
    return work(
      await openEvidence(tx, {
        portfolio_id: owner.portfolio_id,
        pricing_pack_id: `PP_${day}`,
        ledger_commit_hash: portfolio?.ledger_commit_hash ?? null,
        asof_date: day,
        base_currency: portfolio?.base_currency ?? null,
        ...of,
      }),
    );
  });
} // prettier-ignore

interface Difference {
  field: string;
  stored: unknown;
  recomputed: unknown;
}

/** Of every figure of a result. */
async function differences(
  name: CapabilityName,
  result: object,
  args: object,
  evidence: Evidence,
  isFromLedger = true,
): Promise<{ count: number; wrong: Difference[]; sentences: string[] }> {
  const explain = explainers[name];
  if (!explain) throw new Error(`${name} has no explainer`);
  const wrong: Difference[] = [];
  const sentences: string[] = [];
  const { figures } = listFigures({ step: result }, result, { above: ['step'], all: true });
  for (const { field } of figures) {
    const path = parseFieldPath(field).slice(1);
    const value = valueAt(result, path);
    const { unit } = figureSchema(catalogue[name].result, path, value);
    const subject = { value, path, whole: result, args: { ...args }, unit, currency: null, isFromLedger };
    const told = await explain(subject, evidence);
    if (!told || !isSameFigure(told.recomputed, value, unit)) {
      wrong.push({ field, stored: value, recomputed: told ? told.recomputed : 'nothing is told' });
    } else sentences.push(...told.calculation, ...told.text);
  }
  return { count: figures.length, wrong, sentences };
} // prettier-ignore

const whoAndWhen: [string, Owner, string][] = [
  ['Alice on 2013-02-28', alice, '2013-02-28'],
  ['Alice in her first weeks', alice, '2007-02-01'],
  ['Bob, whose money is in USD', bob, '2012-06-29'],
];

const measures: [CapabilityName, object][] = [
  ['ledger.positions', {}],
  ['portfolio.get_valued_positions', {}],
  ['metrics.compute_twr', { lookback_days: 252 }],
  ['metrics.compute_mwr', { lookback_days: 500 }],
  ['metrics.compute_benchmark', { lookback_days: 252 }],
  ['metrics.compute_risk', { lookback_days: 252, risk_free: 0.01, confidence: 0.99 }],
  ['metrics.currency_attribution', { lookback_days: 120 }],
  ['metrics.currency_attribution', { lookback_days: 60, interaction: 'currency' }],
  ['portfolio.contribution', { lookback_days: 252 }],
  ['portfolio.historical_nav', { lookback_days: 40 }],
  ['ledger.transactions', { limit: 40 }],
  ['ledger.transactions', { types: ['SELL'] }],
  ['portfolio.position_details', { security_id: '5ec00000-0000-4000-8000-00000000aa91' }],
  ['portfolio.realised_gains', {}],
  ['portfolio.performance_statement', { lookback_days: 252 }],
  ['portfolio.performance_statement', {}],
];

describe.each(whoAndWhen)('%s', (_who, owner, day) => {
  it.each(measures)(
    '%s %j comes to the same from the evidence',
    async (name, args) => {
      const result = await analyst.ask(name, args, { owner, day });
      await withEvidence(owner, day, async (evidence) => {
        const { count, wrong, sentences } = await differences(name, result, args, evidence);
        expect(count).toBeGreaterThan(0);
        expect(wrong).toEqual([]);
        // What a person reads holds no number that is none, and no word of the program.
        expect(sentences.filter((text) => /NaN|Infinity|undefined|null|\[object/.test(text))).toEqual([]);
      });
    },
    60_000,
  );

  it.each([{}, { factor_set: 'capm' }, { lookback_months: 40 }])(
    'exposures to factors %j come to the same, but the condition number, which is not told',
    async (args) => {
      const name = 'risk.compute_factor_exposures';
      const result = await analyst.ask(name, args, { owner, day });
      await withEvidence(owner, day, async (evidence) => {
        const { count, wrong, sentences } = await differences(name, result, args, evidence);
        expect(count).toBeGreaterThan(3);
        expect(wrong.map(({ field, recomputed }) => [field, recomputed])).toEqual([
          ['step.condition_number', 'nothing is told'],
        ]);
        expect(sentences.filter((text) => /NaN|Infinity|undefined|null|\[object/.test(text))).toEqual([]);
        const isFitted = result.betas['mkt_rf'] !== null;
        expect(sentences.some((text) => text.includes('excess return') && text.includes('÷'))).toBe(isFitted);
      });
    },
    60_000,
  );

  it('values every position of the ledger at the pack, and comes to the same', async () => {
    const { positions } = await analyst.ask('ledger.positions', {}, { owner, day });
    const valued = await analyst.ask('pricing.apply_pack', { positions }, { owner, day });
    await withEvidence(owner, day, async (evidence) => {
      const { count, wrong } = await differences('pricing.apply_pack', valued, {}, evidence);
      expect(count).toBeGreaterThan(10);
      expect(wrong).toEqual([]);
      const args = { positions: valued.positions };
      const sectors = await analyst.ask('portfolio.sector_allocation', args, { owner, day });
      for (const seen of [args, {}]) {
        expect(await differences('portfolio.sector_allocation', sectors, seen, evidence)).toMatchObject({
          wrong: [],
        });
      }
    });
  });
});

it('says what the pack lacks of a position that cannot be valued, and adds up the others', async () => {
  // Facebook was not traded yet.
  const { positions } = await analyst.ask('ledger.positions', {}, { day: '2012-01-31' });
  const facebook = {
    symbol: 'FB', name: 'Facebook, Inc.', asset_class: 'equity', security_id: '5ec00000-0000-4000-8000-0000000000fb',
    currency: 'USD', quantity: '10', cost_local: '380', cost_base: '381', reasons: {},
  }; // prettier-ignore
  const args = { positions: [...positions, facebook] };
  const valued = await analyst.ask('pricing.apply_pack', args, { day: '2012-01-31' });
  expect(valued.total_value).toBeNull();
  await withEvidence(alice, '2012-01-31', async (evidence) => {
    const { wrong, sentences } = await differences('pricing.apply_pack', valued, args, evidence, false);
    expect(wrong).toEqual([]);
    expect(sentences).toContain('The pack PP_2012-01-31 has no price of FB.');
    expect(sentences).toContain('FB cannot be valued on 2012-01-31, so there is no total of everything.');
    // The sum that stands there does not pass for one of everything.
    const sums = sentences.filter((text) => / \+ .* = .* CAD/.test(text));
    expect(sums.length).toBeGreaterThan(0);
    expect(sums.filter((text) => !text.endsWith(' CAD, without FB: not valued'))).toEqual([]);
  });
});

it('calls a security by its symbol that has never had a price', async () => {
  const early = `
option "operating_currency" "CAD"
2012-01-01 open Assets:Cash:CAD
2012-01-01 open Assets:Shares:FB
2012-01-01 open Equity:Contributions

2012-01-03 * "Ten FB before they were traded"
  Assets:Shares:FB                  10 FB {38.00 CAD}
  Equity:Contributions
`;
  const ctx = await readLedger(analyst.database.ownerUrl, early);
  const day = '2012-01-31';
  const args = { lookback_days: 5 };
  const result = await analyst.ask('metrics.compute_twr', args, { day, ctx });
  expect(result.reasons).toMatchObject({ value: 'NO_QUOTE' });
  await withEvidence(
    alice,
    day,
    async (evidence) => {
      const { sentences } = await differences('metrics.compute_twr', result, args, evidence);
      expect(sentences).toContain('On 2012-01-31 there is no price or exchange rate of FB.');
      const statement = await analyst.ask('portfolio.performance_statement', args, { day, ctx });
      const told = await differences('portfolio.performance_statement', statement, args, evidence);
      expect(told.wrong).toEqual([]);
      expect(told.sentences).toContain('On 2012-01-31 there is no price or exchange rate of FB.');
    },
    ctx,
  );
});

/** With what the demo does not have: euros, a Saturday, a purchase paid in base, a sale without a price, a split, an overdraft. */
const untidy = `
option "title" "Untidy"
option "operating_currency" "CAD"
2012-01-01 open Assets:Cash:CAD
2012-01-01 open Assets:Cash:EUR
2012-01-01 open Assets:Cash:USD
2012-01-01 open Assets:Shares:GOOG              GOOG "FIFO"
2012-01-01 open Assets:Shares:IBM               IBM "FIFO"
2012-01-01 open Equity:Contributions
2012-01-01 open Income:Gains
2012-01-01 open Income:Interest
2012-01-01 open Income:Dividends:GOOG
2012-01-01 open Expenses:Fees

2012-06-01 * "Contribution"
  Assets:Cash:CAD             50000.00 CAD
  Equity:Contributions

2012-06-04 * "CAD into USD"
  Assets:Cash:USD             20000.00 USD @@ 20800.00 CAD
  Assets:Cash:CAD            -20800.00 CAD

2012-06-05 * "Buy 10 GOOG, paid in CAD"
  Assets:Shares:GOOG                10 GOOG {570.41 USD, 2012-06-05}
  Assets:Cash:CAD             -5950.00 CAD @@ 5704.10 USD

2012-06-06 * "Buy 20 IBM"
  Assets:Shares:IBM                 20 IBM {193.00 USD, 2012-06-06}
  Expenses:Fees                   9.95 USD
  Assets:Cash:USD

2012-06-09 * "Euros on a Saturday"
  Assets:Cash:EUR              1000.00 EUR
  Equity:Contributions

2012-07-02 * "Two IBM for one"
  Assets:Shares:IBM                -20 IBM {193.00 USD, 2012-06-06}
  Assets:Shares:IBM                 40 IBM {96.50 USD, 2012-06-06}

2012-09-04 * "Sell 20 IBM: the ledger tells the gain, not the price"
  Assets:Shares:IBM                -20 IBM {96.50 USD, 2012-06-06}
  Assets:Cash:USD              3880.00 USD
  Income:Gains

2012-10-01 * "Interest"
  Assets:Cash:USD                12.00 USD
  Income:Interest

2012-10-03 * "Sell 10 GOOG"
  Assets:Shares:GOOG               -10 GOOG {570.41 USD, 2012-06-05} @ 762.50 USD
  Assets:Cash:USD              7625.00 USD
  Income:Gains

2012-10-15 * "A dividend after the last share"
  Assets:Cash:USD                 5.00 USD
  Income:Dividends:GOOG

2012-10-20 * "More taken out than there is, on a Saturday"
  Assets:Cash:CAD            -30000.00 CAD
  Equity:Contributions
`;

it('comes to the same for a ledger that is not as tidy as the demo’s', async () => {
  const ctx = await readLedger(analyst.database.ownerUrl, untidy, '1.04');
  const day = '2012-12-31';
  const { positions } = await analyst.ask('ledger.positions', {}, { day, ctx });
  const ibm = { security_id: '5ec00000-0000-4000-8000-0000000001b3' };
  const asked: [CapabilityName, object][] = [
    ...measures.filter(([name]) => name !== 'portfolio.position_details'),
    ...[{}, { lookback_days: 60 }].flatMap((args): [CapabilityName, object][] => [
      ['metrics.currency_attribution', args],
      ['portfolio.contribution', args],
      ['metrics.compute_mwr', args],
    ]),
    ['pricing.apply_pack', { positions }],
    ['portfolio.position_details', ibm],
  ];
  const wrong: unknown[] = [];
  await withEvidence(
    alice,
    day,
    async (evidence) => {
      for (const [name, args] of asked) {
        const result = await analyst.ask(name, args, { day, ctx });
        const found = await differences(name, result, args, evidence);
        expect(found.sentences.filter((text) => /NaN|Infinity|undefined|null|\[object/.test(text))).toEqual(
          [],
        );
        wrong.push(...found.wrong.map((difference) => ({ name, args, ...difference })));
      }
    },
    ctx,
  );
  expect(wrong).toEqual([]);
}, 60_000);

it('notices a figure that is not the evidence’s', async () => {
  const day = '2013-02-28';
  const result = await analyst.ask('metrics.compute_twr', { lookback_days: 20 }, { day });
  const changed = { ...result, value: (result.value as number) + 1e-8, end_value: '251642.55' };
  await withEvidence(alice, day, async (evidence) => {
    const { wrong } = await differences('metrics.compute_twr', changed, { lookback_days: 20 }, evidence);
    expect(wrong.map(({ field }) => field)).toEqual(['step.value', 'step.end_value']);
  });
});

it('tells of a position’s own days, and of its risk only by the arguments', async () => {
  const day = '2013-02-28';
  const args = { security_id: '5ec00000-0000-4000-8000-0000000001b3', lookback_days: 252 };
  const result = await analyst.ask('portfolio.position_performance', args, { day });
  await withEvidence(alice, day, async (evidence) => {
    const { wrong } = await differences('portfolio.position_performance', result, args, evidence);
    expect(wrong.filter(({ recomputed }) => recomputed !== 'nothing is told')).toEqual([]);
    const untold = wrong.map(({ field }) => field);
    expect(untold).toEqual(expect.arrayContaining(['step.beta', 'step.risk.share']));
    for (const own of ['position_return', 'local_return', 'fx_return', 'contribution', 'held_days', 'days'])
      expect(untold).not.toContain(`step.${own}`);
  });
});

it('tells of a posting of the statement what it is made of: proceeds, lots, rates of both days', async () => {
  const day = '2013-02-28';
  const args = { lookback_days: 252 };
  const result = await analyst.ask('portfolio.performance_statement', args, { day });
  const explain = explainers['portfolio.performance_statement'];
  await withEvidence(alice, day, async (evidence) => {
    const told = async (line: keyof typeof result.lines, ...below: string[]): Promise<Told> => {
      const path = ['lines', line, ...below];
      const value = valueAt(result, path);
      const subject = { value, path, whole: result, args, unit: 'money' as const, currency: 'CAD', isFromLedger: true };
      const found = await explain?.(subject, evidence);
      if (!found) throw new Error('nothing is told');
      expect(found.recomputed).toBe(value);
      return found;
    };
    const sale = await told('realised_capital_gains', 'postings', '0', 'amount');
    expect(sale.calculation).toEqual([
      'the sale on 2013-02-15 brought 2,801.00 USD × 1.00263 CAD per USD (cross of EUR/CAD 1.336 and EUR/USD 1.3325 of 2013-02-15) = 2,808.36 CAD',
      '100 held when the period began, so counted at their value of 2012-02-27: 100 × 31.35 USD × 1.00329 CAD per USD (cross of EUR/CAD 1.3432 and EUR/USD 1.3388 of 2012-02-27) = 3,145.30 CAD',
      '2,808.36 − 3,145.30 = −336.95 CAD',
    ]);
    expect(sale.inputs.lots).toMatchObject([
      { symbol: 'MSFT', quantity_open: '100', unit_cost_local: '31.35', cost_base: '3145.3032566477' },
    ]);
    expect(sale.inputs.fx?.map(({ pair, date }) => [pair, date])).toEqual([['USD/CAD', '2012-02-27'], ['USD/CAD', '2013-02-15']]);
    const cash = await told('currency_gains', 'postings', '0', 'amount');
    expect(cash.calculation).toEqual([
      'at the end: 43,296.63 USD of cash × 1.02529 CAD per USD (cross of EUR/CAD 1.3461 and EUR/USD 1.3129 of 2013-02-28) = 44,391.49 CAD',
      'at the beginning: 47,413.38 USD of cash × 1.00329 CAD per USD (cross of EUR/CAD 1.3432 and EUR/USD 1.3388 of 2012-02-27) = 47,569.21 CAD',
      'came in: 45,580.25 USD in 14 payments, each at the rate of its day 44,648.47 CAD',
      'went out: 49,697.00 USD in 7 payments, each at the rate of its day 49,638.29 CAD',
      '44,391.49 − 47,569.21 − 44,648.47 + 49,638.29 = 1,812.11 CAD',
    ]);
    // Lines are told with prices, rates and lots of all their postings, and by the arithmetic of a few.
    const line = await told('realised_capital_gains', 'amount');
    expect([line.calculation.at(0), line.inputs.lots?.length]).toEqual([sale.calculation[0], result.lines.realised_capital_gains.postings.length]);
    const dividend = await told('earnings', 'postings', '0', 'amount');
    expect(dividend.calculation).toEqual([expect.stringMatching(/^[\d.,]+ USD × .* CAD per USD \(cross of .*\) = [\d.,]+ CAD$/)]);
  });
}); // prettier-ignore

it('shows the lots that the sales of a sum used up', async () => {
  const day = '2013-02-28';
  const result = await analyst.ask('portfolio.realised_gains', {}, { day });
  await withEvidence(alice, day, async (evidence) => {
    const path = ['total', 'gain_base'];
    const subject = { value: valueAt(result, path), path, whole: result, args: {}, unit: 'money' as const };
    const told = await explainers['portfolio.realised_gains']?.(
      { ...subject, currency: 'CAD', isFromLedger: true },
      evidence,
    );
    expect(told?.recomputed).toBe(subject.value);
    expect(new Set(told?.inputs.lots?.map(({ symbol }) => symbol))).toEqual(new Set(['AAPL', 'IBM', 'MSFT']));
  });
});
