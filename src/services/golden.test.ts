/** Published cases of others, from tests/golden: each is mapped to the service that answers it and compared in full. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { addDays } from './dates';
import { Decimal } from './decimal';
import { inverseRate, packRates, ratesOn } from './fx';
import { aggregateHoldings } from './holdings';
import { attributePositions } from './position-attribution';
import { chain, type FlowTiming, timeWeightedReturn, type ValuePoint } from './returns';
import { applyPack } from './valuation';

interface Case {
  id: string;
  case: string;
  convention?: string;
  input: never;
  expected: Record<string, unknown>;
  tolerance: { abs?: number; rel?: number };
}

type Answer<Input> = (input: Input, golden: Case) => Record<string, unknown>;

const timings: Record<string, FlowTiming> = {
  PP: 'in_start_out_end',
  EOD: 'end_of_day',
  SOD: 'start_of_day',
  SUBPERIOD: 'exact',
};
const timingOf = ({ convention }: Case) => timings[convention as string] as FlowTiming;

interface Daily {
  daily: ValuePoint[];
}

const daily: Answer<Daily> = ({ daily }, golden) => {
  const { sub_periods, warnings } = timeWeightedReturn(daily, timingOf(golden));
  const returns = [0, ...sub_periods.map((period) => period.return as number)];
  return {
    daily_returns: returns,
    cumulative: returns.map((_, index) => chain(returns.slice(0, index + 1))),
    warnings: warnings.length,
  };
};

/** Weeks from Monday to Sunday, each the chain of its days. */
const weekly: Answer<Daily> = ({ daily }, golden) => {
  const weeks = new Map<number, number[]>();
  for (const period of timeWeightedReturn(daily, timingOf(golden)).sub_periods) {
    // 1969-12-29 was a Monday.
    const week = Math.floor((Date.parse(period.date) - Date.parse('1969-12-29')) / (7 * 86_400_000));
    weeks.set(week, [...(weeks.get(week) ?? []), period.return as number]);
  }
  const period_returns = [...weeks.values()].map(chain);
  return {
    period_returns,
    cumulative: period_returns.map((_, index) => chain(period_returns.slice(0, index + 1))),
  };
};

/** Its dates are no ISO days ("Y1-08-15"); sub-period returns do not depend on them. */
const revalued: Answer<{
  points: { value_after_flow?: number; value_before_flow?: number; flow?: number }[];
}> = ({ points }, golden) => {
  const rows = points.map(({ value_after_flow, value_before_flow, flow = 0 }, index) => ({
    date: addDays('2001-01-01', index),
    value: value_after_flow ?? (value_before_flow as number) + flow,
    inflow: Math.max(flow, 0),
    outflow: Math.max(-flow, 0),
    ...(value_before_flow !== undefined && { value_before_flow }),
  }));
  const { sub_periods, cumulative } = timeWeightedReturn(rows, timingOf(golden));
  return { subperiods: sub_periods.map((period) => period.return), twr: cumulative };
};

const endOfDay: Answer<{ values: [number, number][] }> = ({ values }, golden) => {
  const rows = values.map(([value, flow], index) => ({
    date: addDays('2001-01-01', index),
    value,
    inflow: flow,
  }));
  return { twr: timeWeightedReturn(rows, timingOf(golden)).cumulative };
};

const linked: Answer<{ returns: number[] }> = ({ returns }) => ({ linked: chain(returns) });

/** One euro buys one local unit, so that the quote of the base currency is base per local. */
const quotesAt = (base: string, local: string, rate: number, quote_date: string) => [
  { base_ccy: 'EUR', quote_ccy: local, rate: '1', quote_date },
  { base_ccy: 'EUR', quote_ccy: base, rate: String(rate), quote_date },
];

interface OneShare {
  quantity: number;
  price: [string, number][];
  fx_base_per_local: [string, number][];
  fee_local: number;
  base: string;
  local: string;
}

const oneShare: Answer<OneShare> = ({ quantity, price, fx_base_per_local, fee_local, base, local }) => {
  const [[bought, price_begin], [sold, price_end]] = price as [[string, number], [string, number]];
  const [[, fx_begin], [, fx_end]] = fx_base_per_local as [[string, number], [string, number]];
  const lot = {
    security_id: 's',
    symbol: 'GOOGL',
    name: 'GOOGL',
    asset_class: 'equity' as const,
    currency: local,
    quantity_open: String(quantity),
    unit_cost_local: String(price_begin),
    unit_cost_base: new Decimal(price_begin).times(fx_begin).toFixed(),
  };
  const { positions } = applyPack(aggregateHoldings([lot], []), {
    asof_date: sold,
    prices: [{ security_id: 's', close: String(price_end), currency: local }],
    rates: packRates(quotesAt(base, local, fx_end, sold), base, sold),
  });
  const { value, cost_base, unrealised_gain } = positions[0] as {
    [K in 'value' | 'cost_base' | 'unrealised_gain']: string;
  };
  const attribution = attributePositions([{ id: 's', price_begin, price_end, fx_begin, fx_end }]);
  // The fee was paid at the purchase, so it is worth the purchase's rate in base.
  const netOfFee = (start: number, end: number, fee: number) =>
    timeWeightedReturn([
      { date: bought, value: start },
      { date: sold, value: end - fee },
    ]).cumulative as number;
  return {
    value_base: Number(value),
    cost_base: Number(cost_base),
    gain_base: Number(unrealised_gain),
    r_local: attribution.total.local,
    r_base: attribution.total.base,
    r_base_net_of_fee: netOfFee(Number(cost_base), Number(value), fee_local * fx_begin),
    gain_base_net_of_fee: Number(unrealised_gain) - fee_local * fx_begin,
    r_local_net_of_fee: netOfFee(price_begin * quantity, price_end * quantity, fee_local),
  };
};

const interactionToCurrency: Answer<{ weights: number[]; r_local: number[]; r_fx: number[] }> = ({
  weights,
  r_local,
  r_fx,
}) => {
  const { total } = attributePositions(
    weights.map((weight, index) => ({
      id: String(index),
      weight,
      r_local: r_local[index] as number,
      r_fx: r_fx[index] as number,
    })),
    'currency',
  );
  return { asset_contribution: total.local, currency_contribution: total.fx, total: total.base };
};

const inverseQuote: Answer<{ local_values: [number, number]; fx_local_per_base: [number, number] }> = ({
  local_values,
  fx_local_per_base,
}) => {
  const [fx_begin, fx_end] = fx_local_per_base.map((quote) => inverseRate(quote).toNumber()) as [
    number,
    number,
  ];
  const [price_begin, price_end] = local_values;
  const value_base = [price_begin * fx_begin, price_end * fx_end] as const;
  const { base_independent } = attributePositions([{ id: 'a', price_begin, price_end, fx_begin, fx_end }]);
  return { value_base, r_base: base_independent, gain_base: value_base[1] - value_base[0] };
};

const triangulated: Answer<{ eur_quotes: Record<string, Record<string, number>> }> = ({ eur_quotes }) => {
  const series = (local: string, base: string) =>
    Object.entries(eur_quotes).map(([date, quotes]) => {
      const rows = Object.entries(quotes).map(([quote_ccy, rate]) => ({
        base_ccy: 'EUR',
        quote_ccy,
        rate: String(rate),
        quote_date: date,
      }));
      return rateOf(packRates(rows, base, date)(local));
    });
  const change = ([start, end]: number[]) => (end as number) / (start as number) - 1;
  return {
    usdcad: series('USD', 'CAD'),
    jpycad: series('JPY', 'CAD'),
    r_fx_usd_in_cad: change(series('USD', 'CAD')),
    r_fx_chf_in_eur: change(series('CHF', 'EUR')),
  };
};

const carriedForward: Answer<{ rates: [string, number][]; ask: string[] }> = ({ rates, ask }) => ({
  rates: ratesOn(
    rates.map(([date, rate]) => ({ date, rate })),
    ask,
    'earliest',
  ).map(rateOf),
});

const inverted: Answer<{ rates: [string, number][]; inverse_at: string[] }> = ({ rates, inverse_at }) => ({
  rates: ratesOn(
    rates.map(([date, rate]) => ({ date, rate })),
    inverse_at,
  ).map((one) => inverseRate(rateOf(one)).toNumber()),
});

const pence: Answer<{ eur_gbp: number; eur_usd: number }> = ({ eur_gbp, eur_usd }) => {
  const date = '2015-03-01';
  const quotes = Object.entries({ GBP: eur_gbp, USD: eur_usd }).map(([quote_ccy, rate]) => ({
    base_ccy: 'EUR',
    quote_ccy,
    rate: String(rate),
    quote_date: date,
  }));
  const rate = (local: string, base: string) => rateOf(packRates(quotes, base, date)(local));
  return {
    eur_gbx: rate('EUR', 'GBX'),
    gbx_gbp: rate('GBX', 'GBP'),
    gbp_gbx: rate('GBP', 'GBX'),
    gbx_usd: rate('GBX', 'USD'),
    usd_gbx: rate('USD', 'GBX'),
  };
};

function rateOf(found: { rate: Decimal } | { reason: string }): number {
  if ('reason' in found) throw new Error(found.reason);
  return found.rate.toNumber();
}

const answers: Record<string, Answer<never>> = {
  'TWR-PP-01': daily,
  'TWR-PP-02': weekly,
  'TWR-PP-05': daily,
  'TWR-PUB-01': revalued,
  'TWR-PUB-02': revalued,
  'TWR-PUB-04': linked,
  'TWR-DAWS-02': endOfDay,
  'TWR-DAWS-03': endOfDay,
  'TWR-DAWS-05': endOfDay,
  'TWR-DAWS-07': endOfDay,
  'FX-GF-01': oneShare,
  'FX-CFA-01': interactionToCurrency,
  'FX-HL-01': inverseQuote,
  'FX-ECB-03': triangulated,
  'FXL-PP-01': carriedForward,
  'FXL-PP-02': inverted,
  'FXL-PP-04': pence,
};

const cases = ['twr', 'currency_attribution', 'valuation_fx_lookup'].flatMap((measure) => {
  const file = path.join(__dirname, '../../tests/golden', `${measure}.json`);
  return (JSON.parse(readFileSync(file, 'utf8')) as { cases: Case[] }).cases;
});

describe('golden cases', () => {
  it.each(cases.map((golden) => [golden.id, golden.case, golden] as const))(
    '%s: %s',
    (id, _title, golden) => {
      const answer = answers[id];
      if (!answer) throw new Error(`${id} is mapped to no service`);
      const actual = answer(golden.input, golden);
      for (const [field, expected] of Object.entries(golden.expected))
        expectWithin(field, actual[field], expected, golden.tolerance);
    },
  );

  it('TWR-PP-01 tells the conventions apart on the same data', () => {
    const { daily } = (cases[0] as Case).input as Daily;
    expect(timeWeightedReturn(daily, 'end_of_day').cumulative).toBeCloseTo(-0.050000032, 9);
    expect(timeWeightedReturn(daily, 'start_of_day').cumulative).toBeCloseTo(-0.07312773, 8);
  });
});

function expectWithin(field: string, actual: unknown, expected: unknown, tolerance: Case['tolerance']): void {
  if (Array.isArray(expected)) {
    expect(actual).toHaveLength(expected.length);
    for (const [index, value] of expected.entries()) {
      expectWithin(`${field}[${String(index)}]`, (actual as unknown[])[index], value, tolerance);
    }
    return;
  }
  const allowed = (tolerance.abs ?? 0) + (tolerance.rel ?? 0) * Math.abs(expected as number);
  const difference = Math.abs((actual as number) - (expected as number));
  if (!(typeof actual === 'number' && difference <= allowed)) {
    throw new Error(`${field} is ${String(actual)}, expected ${String(expected)} ± ${String(allowed)}`);
  }
}
