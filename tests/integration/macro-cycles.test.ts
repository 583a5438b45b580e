/** Cycles of the demo's economy; the short-term scores were computed from the same file by an independent program. */
import { type Economist, startEconomist } from '../support/ask-macro';

let economist: Economist;
beforeAll(async () => {
  economist = await startEconomist();
});
afterAll(() => economist.close());

it.each([
  ['2009-03-31', 'DEEP_RECESSION', 3.56],
  ['2010-06-30', 'EARLY_RECOVERY', 0.88],
  ['2013-02-28', 'MID_EXPANSION', 0.13],
])('on %s the short-term cycle is in %s', async (day, phase, score) => {
  const result = await economist.ask('cycles.compute_short_term', day);
  expect(result).toMatchObject({ cycle: 'short_term', phase, missing: ['CREDIT_GROWTH'], reasons: {} });
  expect(result.score).toBeCloseTo(score, 2);
  expect(result.coverage).toBeCloseTo(1 - 5.5 / 31, 12);
});

it.each(['cycles.compute_long_term', 'cycles.compute_empire', 'cycles.compute_civil'] as const)(
  '%s is withheld on the demo, which has no such series, and names them',
  async (name) => {
    const result = await economist.ask(name, '2013-02-28');
    expect(result).toMatchObject({ phase: null, score: null, reasons: { phase: 'MISSING_INPUT' } });
    expect(result.coverage).toBeLessThan(0.6);
    expect(result.missing.length).toBeGreaterThan(2);
  },
);
