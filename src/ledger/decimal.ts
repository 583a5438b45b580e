/** Decimal arithmetic wide enough that sums and products of a ledger are exact. */
import { Decimal } from 'decimal.js';

/** 60 significant digits, never written with an exponent. */
export const Exact = Decimal.clone({ precision: 60, toExpNeg: -60, toExpPos: 60 });
export type Exact = Decimal;
