import fc from 'fast-check';
import { addDays, daysBetween, earlier, dayNumber, isDay } from './dates';

describe('calendar days', () => {
  it.each([
    ['2012-02-28', '2012-03-01', 2],
    ['2011-02-28', '2011-03-01', 1],
    ['2012-12-31', '2012-12-31', 0],
    ['2013-01-01', '2012-12-31', -1],
    ['2012-03-24', '2012-03-26', 2],
  ])('counts from %s to %s %i days', (from, to, days) => {
    expect(daysBetween(from, to)).toBe(days);
    expect(addDays(from, days)).toBe(to);
  });

  it('adds and counts inversely on any day', () => {
    fc.assert(
      fc.property(fc.integer({ min: -40_000, max: 40_000 }), (days) => {
        expect(daysBetween('2000-02-29', addDays('2000-02-29', days))).toBe(days);
      }),
    );
  });

  it('knows the earlier of two days', () => {
    expect(earlier('2013-02-28', '2012-12-31')).toBe('2012-12-31');
    expect(earlier('2012-12-31', '2013-02-28')).toBe('2012-12-31');
  });
});

it('numbers every day of four centuries as the calendar does', () => {
  const first = Date.UTC(1800, 0, 1) / 86_400_000;
  const wrong = Array.from({ length: 146_097 }, (_, i) => first + i).filter(
    (day) => dayNumber(new Date(day * 86_400_000).toISOString().slice(0, 10)) !== day,
  );
  expect(wrong).toEqual([]);
});

it.each([
  ['2013-02-28', true],
  ['2012-02-29', true],
  ['2000-02-29', true],
  ['0001-01-01', true],
  ['9999-12-31', true],
  ['2013-02-29', false],
  ['1900-02-29', false],
  ['2013-04-31', false],
  ['2013-02-31', false],
  ['2013-13-01', false],
  ['2013-00-10', false],
  ['2013-01-00', false],
  ['2013-01-32', false],
  ['2013-99-99', false],
  ['0000-01-01', false],
  ['2013-2-28', false],
  ['2013-02-28T00:00:00Z', false],
  ['2013-02-28\n', false],
  ['', false],
])('of %j says whether it is a day: %s', (text, is) => {
  expect(isDay(text)).toBe(is);
});
