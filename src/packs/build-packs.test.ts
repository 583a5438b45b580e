/** The chain of packs. */
import { buildPacks, type DatedPrice } from './build-packs';
import { fxSeries } from './fx-series';

const price = (date: string, close: string): DatedPrice => ({
  date,
  security_id: 'a',
  close,
  currency: 'USD',
});
const fx = fxSeries([{ date: '2020-01-02', rates: { USD: '1.10' } }]);
const days = [price('2020-01-03', '2'), price('2020-01-02', '1'), price('2020-01-06', '3')];

it('makes one for each day with a price, each naming the one before', () => {
  const packs = buildPacks({ prices: days, fx });
  expect(packs.map(({ id, content }) => [id, content.previous?.id ?? null])).toEqual([
    ['PP_2020-01-02', null],
    ['PP_2020-01-03', 'PP_2020-01-02'],
    ['PP_2020-01-06', 'PP_2020-01-03'],
  ]);
});

it('lets one hash pin the whole history: a change on the first day changes the last pack’s hash', () => {
  const changed = [...days.filter(({ date }) => date !== '2020-01-02'), price('2020-01-02', '1.01')];
  expect(buildPacks({ prices: changed, fx }).at(-1)?.sha256).not.toBe(
    buildPacks({ prices: days, fx }).at(-1)?.sha256,
  );
});

describe('what becomes known', () => {
  const observation = (known_on: string) => ({
    series_id: 's',
    period_end: '2019-12-31',
    value: '1.50',
    known_on,
  });
  const observedIn = (known_on: string): string[] =>
    buildPacks({ prices: days, fx, observations: [observation(known_on)] }).flatMap(({ id, content }) =>
      (content.observations ?? []).map(({ value }) => `${id} ${value}`),
    );

  it.each([
    ['on a trading day is in its pack', '2020-01-03', ['PP_2020-01-03 1.5']],
    ['on a Saturday is in Monday’s pack', '2020-01-04', ['PP_2020-01-06 1.5']],
    ['before the first pack is in the first', '2019-06-01', ['PP_2020-01-02 1.5']],
    ['after the last pack is in none', '2020-01-07', []],
  ])('%s', (_, known_on, expected) => {
    expect(observedIn(known_on)).toEqual(expected);
  });

  it('refuses a period that ends after the day of its pack', () => {
    const early = { ...observation('2020-01-02'), period_end: '2020-01-31' };
    expect(() => buildPacks({ prices: days, fx, observations: [early] })).toThrow(/cannot be in the pack/);
  });

  it('changes no hash of a pack in which nothing became known', () => {
    const bare = buildPacks({ prices: days, fx });
    const late = buildPacks({ prices: days, fx, observations: [observation('2020-01-06')] });
    expect(late.slice(0, 2).map(({ sha256 }) => sha256)).toEqual(
      bare.slice(0, 2).map(({ sha256 }) => sha256),
    );
    expect(late[2]?.sha256).not.toBe(bare[2]?.sha256);
  });
});

it('lets the level of an index make no trading day', () => {
  const level = { ...price('2020-01-05', '3000'), security_id: 'index' };
  const packs = buildPacks({ prices: days, fx, indices: [level, { ...level, date: '2020-01-06' }] });
  expect(packs.map(({ content }) => content.prices.length)).toEqual([1, 1, 2]);
});
