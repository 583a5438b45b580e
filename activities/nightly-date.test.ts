/** The day before, where it is midnight at another time. */
import { dayBefore } from './nightly-date';

it.each([
  ['2026-11-26T00:05:00Z', 'UTC', '2026-11-25'],
  ['2026-11-26T00:05:00Z', 'America/Toronto', '2026-11-24'],
  ['2026-11-26T05:05:00Z', 'America/Toronto', '2026-11-25'],
  ['2026-11-25T20:00:00Z', 'Asia/Tokyo', '2026-11-25'],
  ['2026-03-01T00:05:00Z', 'UTC', '2026-02-28'],
  ['2024-03-01T00:05:00Z', 'UTC', '2024-02-29'],
  // The night in which the clocks go forward has 23 hours.
  ['2026-03-30T00:05:00+02:00', 'Europe/Paris', '2026-03-29'],
])('at %s in %s is %s', (at, zone, day) => {
  expect(dayBefore(at, zone)).toBe(day);
});

it('says what is wrong with a zone that is none', () => {
  expect(() => dayBefore('2026-11-26T00:05:00Z', 'Toronto')).toThrow('"Toronto" is no time zone');
});
