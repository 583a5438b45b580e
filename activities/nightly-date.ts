/** Which day the nightly order is about when nobody named one. */
import { EngineError } from '../src/contract/errors';
import { addDays } from '../src/services/dates';

/**
 * The calendar day before the one that it is in `zone`: the last that has ended there.
 * @param at RFC 3339
 * @throws EngineError ARGS_INVALID for a zone that is not known
 */
export function dayBefore(at: string, zone: string): string {
  const today = dayIn(zone, new Date(at));
  return addDays(today, -1);
}

function dayIn(zone: string, instant: Date): string {
  try {
    // The Canadian form is the ISO form.
    return new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(instant);
  } catch (error) {
    throw new EngineError(
      'ARGS_INVALID',
      `"${zone}" is no time zone; name one such as America/Toronto.`,
      {},
      error,
    );
  }
}
