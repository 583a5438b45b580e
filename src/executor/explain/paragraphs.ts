/** The explanation as paragraphs for somebody who manages the portfolio. */
import type { Explanation } from '../../contract/explanation';
import { amountText, countText, figureText, shortHash } from './words';

type Facts = Omit<Explanation, 'text' | 'steps' | 'inputs' | 'calculation'>;

/** What people know the figure by. */
interface Names {
  portfolio: string | null;
  pattern: string;
  /** Of the list it stands in. */
  row: string | null;
}

/** @param own what the explainer of the capability says */
export function paragraphsOf(facts: Facts, own: readonly string[], named: Names): string[] {
  return [
    headline(facts, named),
    ...missingWords(facts),
    ...own,
    ...periodWords(facts),
    ...conventionWords(facts),
    provenance(facts),
    ...restatedWords(facts),
    ...proofWords(facts),
  ];
}

function headline(
  { field, value, unit, currency, meaning }: Facts,
  { portfolio, pattern, row }: Names,
): string {
  const whose = portfolio === null ? '' : ` for ${portfolio}`;
  const which = row === null ? field : `${field} (${row})`;
  const what = meaning === null ? '' : `: ${meaning}`;
  return `${which} of ${pattern}${whose} is ${figureText(value, unit, currency)}${what}.`;
}

function missingWords({ not_available }: Facts): string[] {
  if (not_available === null) return [];
  return [`${not_available.words} (${not_available.code}) ${not_available.next}`];
}

function periodWords({ period }: Facts): string[] {
  if (!period || period.from === null || period.to === null) return [];
  const { from, to, days, observations } = period;
  const sizes = [
    ...(days === null ? [] : [countText(days, 'calendar day')]),
    ...(observations === null ? [] : [countText(observations, 'observation')]),
  ];
  return [`It covers the time after the close of ${from} up to the close of ${to}${sizes.length > 0 ? `: ${sizes.join(', ')}` : ''}.`];
} // prettier-ignore

function conventionWords({ convention }: Facts): string[] {
  if (convention === null) return [];
  const { name, ...rest } = convention;
  const text = (value: unknown): string =>
    typeof value === 'string' ? value.replaceAll('_', ' ') : JSON.stringify(value);
  const parts = [
    ...(name === undefined ? [] : [text(name)]),
    ...Object.entries(rest).map(([key, value]) => `${key.replaceAll('_', ' ')}: ${text(value)}`),
  ];
  return [`Convention: ${parts.join('; ')}.`];
}

function provenance({ pack, ledger_commit_hash, step }: Facts): string {
  const ledger =
    ledger_commit_hash === null
      ? 'no ledger went into it'
      : `holdings and payments are those of the ledger commit ${shortHash(ledger_commit_hash)}`;
  const who =
    step === null
      ? 'The pattern itself gave it, not a step'
      : step.capability === null
        ? `The step ${step.path} of the pattern gave it`
        : `The step ${step.path} gave it: ${step.capability}${step.version === null ? '' : `, version ${step.version}`}, of the agent ${step.agent ?? 'unknown'}`;
  return `Prices and exchange rates are those of the pricing pack ${pack.id} of ${pack.date}; ${ledger}. ${who}.`;
}

function restatedWords({ pack }: Facts): string[] {
  if (pack.superseded_by === null) return [];
  return [
    `The pack has been corrected since by ${pack.superseded_by}. This figure stands on the old one; run the pattern again for the corrected figure.`,
  ];
}

function proofWords({ recomputed, value, execution_id }: Facts): string[] {
  if (recomputed === null) return [];
  if (recomputed.equal) {
    return [
      value === null
        ? 'Computed again from this evidence, it is not available either.'
        : 'Computed again from this evidence, it comes to the same figure.',
    ];
  }
  const now = typeof recomputed.value === 'string' && /^-?\d/.test(recomputed.value) ? amountText(recomputed.value, 10) : JSON.stringify(recomputed.value);
  return [
    `Computed again from this evidence, it comes to ${now}, which is not the stored figure. The capability may have changed since; \`dawsos verify ${execution_id}\` tells.`,
  ];
} // prettier-ignore
