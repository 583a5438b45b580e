/** Handler of tax.summary. */
import { EngineError } from '../../src/contract/errors';
import { Decimal, decimalText } from '../../src/services/decimal';
import { gainsOfYear, rowsByTerm } from '../../src/services/tax-summary';
import type { Handler } from '../agent';
import { packSource } from './pack-source';
import type { AnalystServices } from './services';
import { isOfYear, readTaxes } from './tax-loaded';

const convention = {
  wash_sales:
    'net = gain + losses disallowed in the year − losses of earlier wash sales that its sales bring back',
  fees: 'of the sales, apart; those of purchases are in no figure',
  methods: 'before wash sales; over the years all methods gain the same once everything is sold',
};

export function summarizeTaxes({ database }: AnalystServices): Handler<'tax.summary'> {
  return async ({ realized_gains, wash_sales = null, ...args }, call) => {
    const { tax_year, to, base_currency, lot_selection_method, long_term_days, totals } = realized_gains;
    for (const member of ['tax_year', 'to', 'lot_selection_method', 'long_term_days'] as const)
      if (wash_sales && wash_sales[member] !== realized_gains[member]) throw different(member);
    return readTaxes(database, args, call, ({ onPack: { pack }, under }) => {
      const by_term = rowsByTerm(totals, wash_sales);
      const all = by_term.find(({ term }) => term === 'total');
      const net = all?.net_gain_base ?? null;
      const { fee_base } = totals;
      const noFee = fee_base === null ? (totals.reasons['fee_base'] ?? 'MISSING_INPUT') : undefined;
      const noNet = net === null ? (all?.reasons['net_gain_base'] ?? 'MISSING_INPUT') : noFee;
      const gains = (['as_booked', 'fifo', 'lifo', 'hifo'] as const).map((method) => ({
        method,
        ...gainsOfYear(
          under(method).sales.filter(({ sale }) => isOfYear(sale.date, tax_year)),
          long_term_days,
        ),
      }));
      const booked = gains[0]?.gain_base ?? null;
      const result = {
        ...{ tax_year, to, base_currency, lot_selection_method, by_term, fee_base },
        net_after_fees_base:
          net === null || fee_base === null ? null : decimalText(new Decimal(net).minus(fee_base)),
        by_method: gains.map(({ reasons, ...row }) => {
          const gap = reasons['gain_base'] ?? gains[0]?.reasons['gain_base'];
          return {
            ...row,
            difference_base:
              row.gain_base === null || booked === null
                ? null
                : decimalText(new Decimal(row.gain_base).minus(booked)),
            reasons: { ...reasons, ...(gap !== undefined && { difference_base: gap }) },
          };
        }),
        convention,
        reasons: {
          ...(noFee !== undefined && { fee_base: noFee }),
          ...(noNet !== undefined && { net_after_fees_base: noNet }),
        },
      };
      return { result, ...packSource(pack) };
    });
  };
}

function different(member: string): EngineError {
  return new EngineError(
    'ARGS_INVALID',
    `/wash_sales/${member} is not that of /realized_gains. Ask both with the same year, pack, method and term.`,
    { pointer: `/wash_sales/${member}` },
  );
}
