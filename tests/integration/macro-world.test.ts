/**
 * Cycles that the demo has no series for, on invented ones that join it in a pack of their own: a country whose debt, credit
 * and share prices run ahead, which stands high in the world, and whose society is divided.
 *
 * Each series is constant but for its last value. Of n such values the last has the z-score ±(n − 1)/√n, whatever the step.
 */
import { Client } from 'pg';
import { insertNextPack } from '../../src/db/import-packs';
import { insertSeries, type NewSeries } from '../../src/db/series';
import { buildPackContent, type PackObservation } from '../../src/packs/pack-content';
import { addMonths, endOfMonth } from '../../src/services/months';
import { type Economist, startEconomist } from '../support/ask-macro';

const day = '2013-03-04';
const quarterly = { last: '2012-12-31', months: 3, count: 40 };
const yearly = { last: '2012-12-31', months: 12, count: 40 };
/** Twelve more months, for growth on the year. */
const monthly = { last: '2013-01-31', months: 1, count: 132 };
/** Of ten years of quarters, or forty years; and of ten years of months. */
const high = 39 / Math.sqrt(40);
const highMonthly = 119 / Math.sqrt(120);

const stepped = (id: string, usual: number, last: number, every: typeof monthly): PackObservation[] =>
  Array.from({ length: every.count }, (_, at) => ({
    series_id: id,
    period_end: endOfMonth(addMonths(every.last, -every.months * at)),
    value: String(at === 0 ? last : usual),
  }));

const world: NewSeries[] = [
  ...['WORLD_GDP_SHARE', 'RESERVE_SHARE', 'MILITARY_SHARE', 'TRUST', 'POLARISATION'],
  ...['EDUCATION', 'INNOVATION', 'CONFLICT'],
].map((id) => ({ id, name: id, unit: 'percent', frequency: 'yearly', source: 'invented' }));

const observations = [
  ...stepped('GFDEGDQ188S', 60, 100, quarterly),
  ...stepped('TDSP', 13, 10, quarterly),
  ...stepped('TOTBKCR', 1000, 1200, monthly),
  ...stepped('SP500', 1000, 1300, monthly),
  ...stepped('WORLD_GDP_SHARE', 20, 25, yearly),
  ...stepped('RESERVE_SHARE', 50, 60, yearly),
  ...stepped('MILITARY_SHARE', 30, 38, yearly),
  ...stepped('INNOVATION', 60, 76, yearly),
  ...stepped('EDUCATION', 60, 52, yearly),
  ...stepped('CONFLICT', 50, 42, yearly),
  ...stepped('SIPOVGINIUSA', 36, 41.8, yearly),
  ...stepped('TRUST', 60, 38, yearly),
  ...stepped('POLARISATION', 40, 60, yearly),
  // Of the demo 8 %: a revision, and by far.
  { series_id: 'UNRATE', period_end: '2013-01-31', value: '12' },
];

let economist: Economist;
beforeAll(async () => {
  economist = await startEconomist();
  const owner = new Client({ connectionString: economist.database.ownerUrl });
  await owner.connect();
  try {
    const { rows } = await owner.query<{ id: string; sha256: string }>(
      "select id, sha256 from pricing_packs where id = 'PP_2013-03-01'",
    );
    const previous = rows[0] ?? null;
    const pack = buildPackContent({ date: day, previous, prices: [], fx: [], observations });
    await owner.query('begin');
    await insertSeries(owner, world);
    await insertNextPack(owner, pack, { prices: 'invented', fx: 'invented' });
    await owner.query('commit');
  } finally {
    await owner.end();
  }
});
afterAll(() => economist.close());

it('the long-term cycle is in a bubble when debt, credit and share prices run ahead', async () => {
  const result = await economist.ask('cycles.compute_long_term', day);
  expect(result).toMatchObject({ phase: 'BUBBLE', label: 'Bubble', phase_number: 3, reasons: {} });
  expect(result.score).toBeCloseTo((2.5 * high + 2 * highMonthly + 2 * highMonthly) / 6.5, 9);
  expect(result.missing.toSorted()).toEqual(['DEFAULT_RATE', 'MONEY_GROWTH', 'PRODUCTIVITY_GROWTH']);
  // Of 39.5: money 2 of reflation, productivity 1 of expansion, defaults 2.5 of the crisis.
  expect(result.coverage).toBeCloseTo(1 - 5.5 / 39.5, 12);
});

it('a country is at its peak when it stands high in the world', async () => {
  const result = await economist.ask('cycles.compute_empire', day);
  expect(result).toMatchObject({ phase: 'PEAK', runner_up: 'DECLINE', coverage: 1, missing: [] });
  expect(result.score).toBeCloseTo(high, 9);
  // Debt 2 and inequality 1.5 up, reserves −2 up, education −1.5 down: (2 + 1.5 − 2 + 1.5)/7.
  expect(result.margin).toBeCloseTo(high - (3 * high) / 7, 9);
});

it('a society is polarised by where its inequality, trust and polarisation lie', async () => {
  const result = await economist.ask('cycles.compute_civil', day);
  expect(result).toMatchObject({ phase: 'POLARISATION', score: 1, coverage: 1, missing: [] });
  const inputs = result.inputs.map(({ id, value, unit }) => [id, value, unit]);
  expect(inputs).toEqual([
    ['GINI', 0.418, 'fraction'],
    ['TRUST', 0.38, 'fraction'],
    ['POLARISATION', 0.6, 'fraction'],
  ]);
});

it('nothing of it is known the day before', async () => {
  const result = await economist.ask('cycles.compute_civil', '2013-03-01');
  expect(result).toMatchObject({ phase: null, missing: ['GINI', 'TRUST', 'POLARISATION'] });
});

it('a revision is known from its pack on, and changes nothing of what is said of the days before it', async () => {
  const ids = { indicators: ['UNRATE'] };
  const [before, after] = [
    await economist.ask('macro.get_indicators', '2013-03-01', ids),
    await economist.ask('macro.get_indicators', day, ids),
  ];
  expect(before.indicators[0]).toMatchObject({ period_end: '2013-01-31', value: 8, known_on: '2013-02-07' });
  expect(after.indicators[0]).toMatchObject({ period_end: '2013-01-31', value: 12, known_on: day });
  const then = await economist.ask('macro.detect_regime', '2013-02-28');
  const { points } = await economist.ask('macro.get_regime_history', day, { lookback_weeks: 4 });
  expect(points.find(({ date }) => date === '2013-02-28')).toMatchObject({
    regime: then.regime,
    scores: then.scores,
  });
  const now = await economist.ask('macro.detect_regime', day);
  expect(points.at(-1)).toMatchObject({ date: day, scores: now.scores });
  expect(now.scores).not.toEqual(then.scores);
});

it('both debt cycles then bear on a portfolio’s exposures', async () => {
  const stdc = await economist.ask('cycles.compute_short_term', day);
  const ltdc = await economist.ask('cycles.compute_long_term', day);
  const factor_exposures = await economist.ask('risk.compute_factor_exposures', '2013-02-28');
  const found = await economist.ask('risk.overlay_cycle_phases', day, { factor_exposures, stdc, ltdc });
  const [short, long] = found.cycles.map(({ multiplier }) => multiplier ?? NaN);
  expect(long).toBe(1.2);
  expect(found.overall_multiplier).toBeCloseTo(((short ?? NaN) + 1.2) / 2, 12);
});
