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
  const packs = buildPacks(days, fx);
  expect(packs.map(({ id, content }) => [id, content.previous?.id ?? null])).toEqual([
    ['PP_2020-01-02', null],
    ['PP_2020-01-03', 'PP_2020-01-02'],
    ['PP_2020-01-06', 'PP_2020-01-03'],
  ]);
});

it('lets one hash pin the whole history: a change on the first day changes the last pack’s hash', () => {
  const changed = [...days.filter(({ date }) => date !== '2020-01-02'), price('2020-01-02', '1.01')];
  expect(buildPacks(changed, fx).at(-1)?.sha256).not.toBe(buildPacks(days, fx).at(-1)?.sha256);
});
