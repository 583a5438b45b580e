/** Drawdown at risk against figures worked out by hand; the generator against another program’s. */
import { deepestFall, drawFalls, meanBlockOf } from './dar-bootstrap';
import { calibrate, calibrationPaths, forecastDrawdown, leastDays } from './dar-forecast';
import { randomNumbers } from './dar-random';
import { runsOf } from './dar-runs';

const options = { confidence: 0.95, horizon_days: 10, multiplier: 1, seed_text: 'test' };
const days = (count: number, r: number): number[] => new Array<number>(count).fill(Math.log1p(r));

describe('random numbers', () => {
  it('are those of xoshiro128** from the state 1, 2, 3, 4', () => {
    const next = randomNumbers(`${'00000001000000020000000300000004'}${'0'.repeat(32)}`);
    expect(Array.from({ length: 5 }, () => next() * 2 ** 32)).toEqual([
      11_520, 0, 5_927_040, 70_819_200, 2_031_721_883,
    ]);
  });

  it('spread evenly, also from a state of zeros', () => {
    const next = randomNumbers('0'.repeat(64));
    const numbers = Array.from({ length: 20_000 }, next).slice(100);
    expect(numbers.reduce((sum, x) => sum + x, 0) / numbers.length).toBeCloseTo(0.5, 2);
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers)).toBeLessThan(1);
  });
});

describe('deepest falls', () => {
  it('are measured from the highest value so far, the start being the first', () => {
    // 1 → 0.9 → 1.08 → 0.81 → 0.972: the deepest is 0.81/1.08 − 1.
    expect(deepestFall([-0.1, 0.2, -0.25, 0.2].map(Math.log1p))).toBeCloseTo(-0.25, 12);
    expect(deepestFall([-0.1].map(Math.log1p))).toBeCloseTo(-0.1, 12);
    expect(deepestFall([0.1, 0.1].map(Math.log1p))).toBe(0);
  });

  it('follow the days of a block, and begin anew where chance or the end of a run says so', () => {
    const runs = [[1, 2, 3].map((x) => -x / 100), [-0.1]];
    // Starts at place 1 (of 4); goes on to place 2; then the run ends and place 3 is drawn.
    const script = [0.25, 0.9, 0.75];
    const falls = drawFalls(runs, { count: 1, days: 3, mean_block: 2 }, () => script.shift() as number);
    expect(script).toEqual([]);
    expect([...falls]).toEqual([Math.expm1(-0.02 - 0.03 - 0.1)]);
    const restart = [0.25, 0.4, 0];
    const again = drawFalls(runs, { count: 1, days: 2, mean_block: 2 }, () => restart.shift() as number);
    expect([...again]).toEqual([Math.expm1(-0.02 - 0.01)]);
  });

  it('come of blocks whose mean length grows with the cube root of the days', () => {
    expect([1, 252, 1_000, 1_550].map(meanBlockOf)).toEqual([1, 6, 10, 12]);
  });
});

describe('drawdown at risk', () => {
  it('is the whole way down where every day loses the same', () => {
    const { drawdown_at_risk, conditional_drawdown_at_risk, median_drawdown } = forecastDrawdown(
      [days(300, -0.01)],
      options,
    );
    const all = 1 - 0.99 ** 10;
    for (const size of [drawdown_at_risk, conditional_drawdown_at_risk, median_drawdown])
      expect(size).toBeCloseTo(all, 12);
  });

  it('counts a day that lost everything: whoever draws it has nothing left', () => {
    // One of 300 days; of 10 days a path draws it with a probability near 3.3 %, so of 100 paths more than one does.
    const returns = [...Array<number>(150).fill(0.001), -1, ...Array<number>(149).fill(0.001)];
    const dated = returns.map((r, at) => ({ date: String(at), return: r }));
    const found = forecastDrawdown(
      runsOf(dated, () => true),
      { ...options, confidence: 0.99 },
    );
    expect(found).toMatchObject({ drawdown_at_risk: 1, conditional_drawdown_at_risk: 1, median_drawdown: 0 });
    expect(deepestFall([0.1, -1, 0.1].map(Math.log1p))).toBe(-1);
    expect(calibrate(runsOf(dated, () => true).flat(), options)).toMatchObject({ windows: 4, exceeded: 0 });
  });

  it('is 0 where no day loses', () => {
    expect(forecastDrawdown([days(300, 0.01)], options)).toEqual({
      drawdown_at_risk: 0,
      conditional_drawdown_at_risk: 0,
      median_drawdown: 0,
    });
  });

  it('is of the bad tail: deeper than the median, deeper with more confidence, and less deep than the mean beyond it', () => {
    const returns = Array.from({ length: 600 }, (_, i) => Math.log1p(0.02 * Math.sin(i * i)));
    const at = (confidence: number) => forecastDrawdown([returns], { ...options, confidence });
    const [low, high] = [at(0.8), at(0.99)];
    expect(low.median_drawdown).toBeGreaterThan(0);
    expect(low.drawdown_at_risk).toBeGreaterThan(low.median_drawdown);
    expect(high.drawdown_at_risk).toBeGreaterThan(low.drawdown_at_risk);
    expect(high.conditional_drawdown_at_risk).toBeGreaterThan(high.drawdown_at_risk);
  });

  it('is the same for the same seed, close for another, and stretched by a multiplier', () => {
    const returns = [days(299, -0.01).concat(Math.log1p(0.5))];
    const first = forecastDrawdown(returns, options);
    expect(forecastDrawdown(returns, options)).toEqual(first);
    const other = forecastDrawdown(returns, { ...options, seed_text: 'other' });
    expect(other.drawdown_at_risk).toBeCloseTo(first.drawdown_at_risk, 2);
    const doubled = forecastDrawdown([days(300, -0.01)], { ...options, multiplier: 2 });
    expect(doubled.drawdown_at_risk).toBeCloseTo(1 - 0.99 ** 20, 12);
  });

  it('draws two equally probable days as probability has it', () => {
    // Two days, no blocks: up and down by 1 are a fair coin. The path never falls only if both days are up: 1/4.
    const falls = drawFalls(
      [[0.01], [-0.01]],
      { count: 40_000, days: 2, mean_block: 1 },
      randomNumbers('1'.repeat(64)),
    );
    const share = (level: number) =>
      falls.filter((fall) => Math.abs(fall - Math.expm1(level)) < 1e-9).length / falls.length;
    expect(share(0)).toBeCloseTo(0.25, 2);
    expect(share(-0.01)).toBeCloseTo(0.5, 2);
    expect(share(-0.02)).toBeCloseTo(0.25, 2);
  });
});

describe('calibration', () => {
  it('looks at no day of the stretch that is forecast', () => {
    // Calm up to the first stretch, then a fall that nobody could have known of.
    const returns = [...days(leastDays, 0.001), ...days(10, -0.01)];
    expect(calibrate(returns, options)).toEqual({
      windows: 1,
      exceeded: 1,
      hit_rate: 1,
      expected_rate: 0.05,
      mean_absolute_deviation: expect.closeTo(1 - 0.99 ** 10, 12) as number,
    });
  });

  it('leaves out a last stretch that is not whole, and has no rate without any', () => {
    expect(calibrate(days(leastDays + 25, -0.01), options)).toMatchObject({ windows: 2, exceeded: 0 });
    expect(calibrate(days(leastDays + 9, -0.01), options)).toMatchObject({
      windows: 0,
      hit_rate: null,
      mean_absolute_deviation: null,
    });
    expect(calibrationPaths).toBeGreaterThanOrEqual(1_000);
  });
});

describe('runs of days', () => {
  it('end at a day that is not meant or has no return, and with one that lost everything', () => {
    const returns = [0, 0.1, null, 0.2, -1, 0.3, 0.4];
    const dated = returns.map((r, index) => ({ date: `2012-01-0${String(index + 1)}`, return: r }));
    const log = (values: number[]) => values.map(Math.log1p);
    expect(runsOf(dated, () => true)).toEqual([log([0, 0.1]), log([0.2, -1]), log([0.3, 0.4])]);
    expect(runsOf(dated, (date) => date !== '2012-01-06')).toEqual([
      log([0, 0.1]),
      log([0.2, -1]),
      log([0.4]),
    ]);
  });
});
