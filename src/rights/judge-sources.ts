/** Whether what rests on some sources may be taken away, and what has to be printed with it. */
import { findProvider } from './find-provider';
import { type DataRight, providerRights, type ProviderRights } from './provider-rights';

export interface Attribution {
  provider: string;
  text: string;
  link: string | null;
}

/** Why a source does not allow it. `provider`: `null` when nobody knows whose it is. */
export interface RightsRefusal {
  source: string;
  provider: string | null;
  right: DataRight;
  reason: 'PROVIDER_UNKNOWN' | 'RIGHT_NOT_GRANTED' | 'SOURCE_UNRESOLVED';
  message: string;
}

export interface Judgement {
  refusals: RightsRefusal[];
  /** Of the providers that are known, each once, by name. */
  attributions: Attribution[];
  providers: string[];
}

/** @param sources as stored: names of providers. None at all is no permission: whoever asks says whose the data are. */
export function judgeSources(
  sources: readonly string[],
  right: DataRight,
  register: readonly ProviderRights[] = providerRights,
): Judgement {
  const found = [...new Set(sources)].sort().map((source) => ({ source, entry: findProvider(source, register) }));
  const entries = [...new Set(found.flatMap(({ entry }) => entry ?? []))].sort((a, b) => (a.name < b.name ? -1 : 1));
  const none = found.length === 0 ? [unresolved('(none)', right, 'No source is named, so nobody can say whose the data are.')] : [];
  return {
    refusals: [...none, ...found.flatMap(({ source, entry }) => refusalOf(source, entry, right))],
    attributions: entries.flatMap(({ name, attribution }) =>
      attribution === null ? [] : [{ provider: name, ...attribution }],
    ),
    providers: entries.map(({ name }) => name),
  };
} // prettier-ignore

/** The refusal of something whose sources are not known. */
export function unresolved(source: string, right: DataRight, message: string): RightsRefusal {
  return { source, provider: null, right, reason: 'SOURCE_UNRESOLVED', message };
}

function refusalOf(source: string, entry: ProviderRights | null, right: DataRight): RightsRefusal[] {
  if (entry === null) {
    const message = `"${source}" is in no entry of the register of rights, and what is not named there is allowed nothing. Name the provider where the data come from (\`source.json\` of a folder, see docs/packs.md), and build its next packs.`;
    return [{ source, provider: null, right, reason: 'PROVIDER_UNKNOWN', message }];
  }
  if (entry.rights[right]) return [];
  const message = `${entry.name} does not grant the right "${right}". ${entry.terms}`;
  return [{ source, provider: entry.name, right, reason: 'RIGHT_NOT_GRANTED', message }];
}
