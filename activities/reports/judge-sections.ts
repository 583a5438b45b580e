/**
 * Which sections of a report may be written into a file. A capability sees values and not their lineage: it knows which
 * capability's answer each argument is, and what that reads of the pack. Whether a pattern handed it something else is
 * judged again, by the lineage, when the run's result is exported.
 */
import { packSources } from '../../src/db/pack-sources';
import type { Tx } from '../../src/db/pool';
import { type Attribution, judgeSources } from '../../src/rights/judge-sources';
import { type DataRight, registerVersion } from '../../src/rights/provider-rights';
import { byPart } from '../../src/rights/by-part';
import { restOn } from '../../src/rights/rest-on';

/** The capability whose answer each section is. Ratings are made of a company's figures, which are the provider's. */
const madeBy = {
  holdings: 'portfolio.get_valued_positions',
  performance: 'metrics.compute_twr',
  risk: 'metrics.compute_risk',
  history: 'portfolio.historical_nav',
  currency_attribution: 'metrics.currency_attribution',
  regime: 'macro.detect_regime',
  ratings: 'fundamentals.load',
} as const;
const providerOf: Partial<Record<SectionName, string>> = { ratings: 'provider:fmp' };

export type SectionName = keyof typeof madeBy;

export interface JudgedSections {
  sections: [name: SectionName, value: unknown][];
  withheld: { section: string; source: string; provider: string | null; right: string; message: string }[];
  attributions: Attribution[];
  rights_register: string;
}

export async function judgeSections(
  tx: Tx,
  packId: string,
  given: { readonly [Name in SectionName]?: unknown },
  right: DataRight,
): Promise<JudgedSections> {
  const packs = new Map([[packId, byPart(await packSources(tx, packId))]]);
  const judged: JudgedSections = { sections: [], withheld: [], attributions: [], rights_register: registerVersion };
  const attributions = new Map<string, Attribution>();
  for (const name of Object.keys(madeBy) as SectionName[]) {
    const value = given[name] ?? null;
    if (value === null) continue;
    const step = { path: name, kind: 'capability', capability: madeBy[name], agent: null, source: providerOf[name] ?? `pricing_pack:${packId}`, result_digest: '' } as const;
    const { refusals, attributions: own } = judgeSources(restOn([step], packs).sources, right);
    if (refusals.length === 0) {
      judged.sections.push([name, value]);
      for (const attribution of own) attributions.set(attribution.provider, attribution);
    } else {
      judged.withheld.push(...refusals.map(({ source, provider, message }) => ({ section: name, source, provider, right, message })));
    }
  }
  return { ...judged, attributions: [...attributions.values()].sort((a, b) => (a.provider < b.provider ? -1 : 1)) };
} // prettier-ignore
