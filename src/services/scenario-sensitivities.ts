/**
 * How kinds of holdings answer to shocks, as data: assumptions, round figures, not estimates for a single security. A beta is
 * the local return for a shock of 1 (100 basis points of a rate are 0.01).
 */
import type { ScenarioFactor } from '../contract/scenario-names';

/** Raise it with every change of a row. */
export const sensitivitiesVersion = '2';

export interface Sensitivity {
  betas: Partial<Record<ScenarioFactor, number>>;
  /** Of securities quoted in US dollars alone: what a dearer dollar does to the company, apart from translation. */
  usdQuoted?: number;
  /**
   * What is priced in US dollars the world over, wherever it is quoted: in any other currency its price also gains what the
   * dollar gains. Of a holding that is not hedged.
   */
  pricedInUsd?: boolean;
  /** Modified, in years. */
  duration?: number;
  convexity?: number;
  /** How far its yield moves with real rates, expected inflation and the investment-grade spread. */
  yieldMoves?: Partial<Record<'rates' | 'inflation' | 'credit', number>>;
}

/**
 * What the broad market does of itself when a scenario states no return for it. Where it states one, these are in it already
 * and count no second time.
 */
export const impliedMoves = {
  equity: { rates: -2, inflation: -3, credit: -0.5 },
  commodity: { inflation: 4, usd: -0.5 },
} as const satisfies Partial<Record<ScenarioFactor, Partial<Record<ScenarioFactor, number>>>>;

/** Betas of shares to anything but the market come on top of it: what sets the sector apart. */
export const sensitivities = {
  cash: { betas: {} },
  equity: { betas: { equity: 1 } },
  'equity.technology': { betas: { equity: 1.3 }, usdQuoted: -0.3 },
  'equity.consumer': { betas: { equity: 1 }, usdQuoted: -0.3 },
  'equity.financials': { betas: { equity: 1.1, credit: -1 } },
  'equity.energy': { betas: { equity: 1, inflation: 5 } },
  'equity.materials': { betas: { equity: 1, inflation: 5 } },
  'equity.utilities': { betas: { equity: 0.6, rates: -2 } },
  'equity.real_estate': { betas: { equity: 0.9, rates: -3 } },
  'bond.government': { betas: {}, duration: 8, convexity: 80, yieldMoves: { rates: 1, inflation: 0.75 } },
  'bond.long_government': {
    betas: {},
    duration: 17,
    convexity: 380,
    yieldMoves: { rates: 1, inflation: 0.75 },
  },
  'bond.short': { betas: {}, duration: 2, convexity: 5, yieldMoves: { rates: 1, inflation: 0.75 } },
  'bond.inflation_linked': { betas: {}, duration: 8, convexity: 80, yieldMoves: { rates: 1 } },
  'bond.corporate': {
    betas: {},
    duration: 8,
    convexity: 80,
    yieldMoves: { rates: 1, inflation: 0.75, credit: 1 },
  },
  'bond.high_yield': {
    betas: {},
    duration: 4,
    convexity: 20,
    yieldMoves: { rates: 0.5, inflation: 0.25, credit: 2.5 },
  },
  'bond.aggregate': {
    betas: {},
    duration: 6,
    convexity: 50,
    yieldMoves: { rates: 1, inflation: 0.75, credit: 0.4 },
  },
  gold: { betas: { rates: -5, inflation: 3, usd: -0.5 }, pricedInUsd: true },
  commodity: { betas: { commodity: 1 }, pricedInUsd: true },
} as const satisfies Record<string, Sensitivity>;

export type Kind = keyof typeof sensitivities;

/** Sectors of the security master, in lower case, to kinds; `Bonds` and the like name what a fund holds. */
export const kindOfSector: Readonly<Record<string, Kind>> = {
  'information technology': 'equity.technology',
  technology: 'equity.technology',
  'communication services': 'equity',
  telecommunications: 'equity',
  'consumer discretionary': 'equity.consumer',
  'consumer staples': 'equity.consumer',
  'health care': 'equity',
  industrials: 'equity',
  financials: 'equity.financials',
  'financial services': 'equity.financials',
  energy: 'equity.energy',
  materials: 'equity.materials',
  utilities: 'equity.utilities',
  'real estate': 'equity.real_estate',
  equity: 'equity',
  'broad market': 'equity',
  bonds: 'bond.aggregate',
  'government bonds': 'bond.government',
  'long-term government bonds': 'bond.long_government',
  'short-term bonds': 'bond.short',
  'inflation-linked bonds': 'bond.inflation_linked',
  'corporate bonds': 'bond.corporate',
  'high-yield bonds': 'bond.high_yield',
  gold: 'gold',
  commodities: 'commodity',
};

/**
 * Shares of a sector that the table does not name move with the market. What a fund without a known sector holds cannot be
 * known: `null`.
 */
export function kindOf(assetClass: 'equity' | 'fund' | 'cash', sector: string | null): Kind | null {
  if (assetClass === 'cash') return 'cash';
  const named = kindOfSector[(sector ?? '').trim().toLowerCase()];
  return named ?? (assetClass === 'equity' ? 'equity' : null);
}

/** Whether the table has such a kind: a result that comes as an argument may name any. */
export function isKind(kind: string | null): kind is Kind {
  return kind !== null && Object.hasOwn(sensitivities, kind);
}
