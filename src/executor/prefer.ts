/** `Prefer` (RFC 7240): how long a caller wants to wait for an answer. */
const defaultSeconds = 10;
const maximumSeconds = 30;

export interface Preference {
  waitSeconds: number;
  /** For `Preference-Applied`; `null` when the caller said nothing that counts. */
  applied: string | null;
}

/** Unknown preferences are ignored, as the RFC wants; more than the maximum means the maximum. */
export function parsePrefer(header: string | undefined): Preference {
  const preferences = (header ?? '').split(',').map((part) => part.trim().toLowerCase());
  if (preferences.includes('respond-async')) return { waitSeconds: 0, applied: 'respond-async' };
  for (const preference of preferences) {
    const digits = /^wait *= *"?([0-9]{1,6})"?$/.exec(preference)?.[1];
    if (digits === undefined) continue;
    const waitSeconds = Math.min(Number(digits), maximumSeconds);
    return { waitSeconds, applied: `wait=${String(waitSeconds)}` };
  }
  return { waitSeconds: defaultSeconds, applied: null };
}
