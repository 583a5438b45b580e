/** The hours in which news are looked for: up to now, or up to the end of the run's day where that is past. */

const hour = 3_600_000;

/** UTC instants. No run sees news of after its day. */
export function newsWindow(
  asofDate: string,
  lookbackHours: number,
  now: number,
): { from: string; to: string } {
  const to = Math.min(now, Date.parse(`${asofDate}T23:59:59Z`));
  return { from: new Date(to - lookbackHours * hour).toISOString(), to: new Date(to).toISOString() };
}
