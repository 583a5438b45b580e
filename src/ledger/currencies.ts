/** Which commodities are currencies by themselves, without a look at what they are used for. */
import { majorUnit } from '../services/fx';

const currencies = new Set(Intl.supportedValuesOf('currency'));

/** Those of ISO 4217, and what parts of them are called (GBX). */
export function isCurrency(commodity: string): boolean {
  return currencies.has(majorUnit(commodity).major);
}
