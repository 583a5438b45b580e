/**
 * What may be used against the loss of a factor, as data: kinds of instruments with example symbols. Sensitivities are those
 * of a position that is long; costs are assumptions of what opening, holding and closing it takes, not quotes.
 */
import { sensitivities, type Sensitivity } from './scenario-sensitivities';

/** Raise it with every change of a row. */
export const instrumentsVersion = '2';

/** `currency` is the US dollar against the base currency: translation and what a dearer dollar does to companies together. */
export const hedgedFactors = ['rates', 'inflation', 'credit', 'equity', 'commodity', 'currency'] as const;
export type HedgedFactor = (typeof hedgedFactors)[number];

export interface HedgeInstrument {
  id: string;
  name: string;
  factor: HedgedFactor;
  examples: readonly string[];
  sensitivity: Sensitivity;
  /** Of the notional. */
  cost_bps: number;
}

export const hedgeInstruments: readonly HedgeInstrument[] = [
  {
    id: 'treasury_future',
    name: 'Future on 10-year Treasury notes',
    factor: 'rates',
    examples: ['ZN', 'IEF'],
    sensitivity: sensitivities['bond.government'],
    cost_bps: 5,
  },
  {
    id: 'long_treasury_future',
    name: 'Future on long Treasury bonds',
    factor: 'rates',
    examples: ['UB', 'TLT'],
    sensitivity: sensitivities['bond.long_government'],
    cost_bps: 8,
  },
  {
    id: 'breakeven_inflation',
    name: 'Inflation-linked against nominal Treasuries',
    factor: 'inflation',
    examples: ['TIP long with IEF short', 'SCHP long with IEF short'],
    // Long one and short the other of the same duration: real rates cancel, expected inflation stays.
    sensitivity: { betas: { inflation: 6 } },
    cost_bps: 10,
  },
  {
    id: 'credit_index',
    name: 'Credit risk of an investment-grade index: selling it buys protection by credit default swaps',
    factor: 'credit',
    examples: ['CDX.NA.IG'],
    // As the seller of protection, who is long the credit.
    sensitivity: { betas: { credit: -4.5 } },
    cost_bps: 10,
  },
  {
    id: 'equity_index_future',
    name: 'Future on a broad share index',
    factor: 'equity',
    examples: ['ES', 'SPY'],
    sensitivity: sensitivities.equity,
    cost_bps: 4,
  },
  {
    id: 'commodity_index_future',
    name: 'Future on a commodity index',
    factor: 'commodity',
    examples: ['DBC', 'PDBC'],
    sensitivity: sensitivities.commodity,
    cost_bps: 12,
  },
];

/** The US dollar, forward: it gains what the dollar gains. */
export function dollarForward(baseCurrency: string): HedgeInstrument {
  const isDollar = baseCurrency === 'USD';
  return {
    id: 'us_dollar_forward',
    name: isDollar ? 'Future on the US dollar index' : `Forward of USD against ${baseCurrency}`,
    factor: 'currency',
    examples: isDollar ? ['DX', 'UUP'] : [`USD/${baseCurrency}`],
    sensitivity: { betas: { usd: 1 } },
    cost_bps: 5,
  };
}
