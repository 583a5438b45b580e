/** Whose an economic series is that FRED only passes on: it keeps its owner's terms, whoever delivered it. */

const owners: readonly (readonly [id: RegExp, owner: string])[] = [
  [/^D?(AAA|BAA)(10YM?|FFM?)?$/, 'Moody’s'],
  [/^(SP500|DJ[ITUC]A)$/, 'S&P'],
  [/^(CSUSHPIN?SA|SPCS[0-9]+RN?SA|[A-Z]{2}XRN?SA)$/, 'S&P'],
  [/^BAML/, 'ICE Data Indices'],
  [/^(VIX|VXN|VXV|VXD|VXEEM|VXO|RVX|GVZ|OVX|EVZ)[A-Z]*CLS$/, 'Cboe'],
  [/^NASDAQ/, 'Nasdaq'],
  [/^(UMCSENT|MICH)$/, 'University of Michigan'],
  [/^SIPOVGINI/, 'World Bank'],
];

/**
 * @param source FRED's name and the series' id: `fred BAA`, `FRED BAA`
 * @returns the name under which the register knows the owner, or does not; `null` when it is no such series
 */
export function ownerOfSeries(source: string): string | null {
  const [, id = ''] = /^fred ([A-Z0-9_.]+)$/i.exec(source) ?? [];
  return owners.find(([pattern]) => pattern.test(id))?.[1] ?? null;
}
