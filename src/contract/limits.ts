/** How large values may be, in bytes of JSON. */

/** What a value may have to travel inside Temporal's history; what has more goes to PostgreSQL, by claim check. */
export const inlineBytes = 256 * 1024;

/** The largest arguments or result of a capability. */
export const valueBytes = 2 * 1024 * 1024;

/** The largest payload of all: a run's whole outcome, or what it hands on when it continues as new, holds many values. */
export const payloadBytes = 64 * 1024 * 1024;
