/** Why the measures of a result are null. */
import type { ReasonCodes } from '../../src/services/holdings';

/**
 * For each measure that has a reason; those of an object's members stand under their path (`value_at_risk.historical`).
 * @param instead the one reason of all, where there is one
 */
export function reasonsOf(
  measures: object,
  why: Readonly<Record<string, string | undefined>>,
  instead?: string,
): ReasonCodes {
  const names = Object.entries(measures).flatMap(([name, value]) =>
    value !== null && typeof value === 'object'
      ? Object.keys(value as object).map((member) => `${name}.${member}`)
      : [name],
  );
  const reasons: ReasonCodes = {};
  for (const name of names) {
    const code = why[name];
    if (code !== undefined) reasons[name] = instead ?? code;
  }
  return reasons;
}

/** Those that are there. */
export function withoutGaps(reasons: Readonly<Record<string, string | undefined>>): ReasonCodes {
  return Object.fromEntries(
    Object.entries(reasons).flatMap(([field, code]) => (code === undefined ? [] : [[field, code]])),
  );
}
