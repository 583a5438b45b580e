import fc from 'fast-check';
import { scenario } from './scenario';

describe('scenario', () => {
  it('a bond answers to the yield by duration and convexity', () => {
    // −7 × 0.01 + ½ × 60 × 0.0001 = −0.067
    const { positions, total } = scenario([{ id: 'bond', value: '1000000', duration: 7, convexity: 60 }], {
      yield: 0.01,
    });
    expect(positions).toEqual([{ id: 'bond', delta: '-67000', return: -0.067 }]);
    expect(total).toEqual({ delta: '-67000', return: -0.067 });
    expect(scenario([{ id: 'bond', value: 1000, duration: '7' }], { yield: '-0.01' }).total.delta).toBe('70');
    expect(scenario([{ id: 'bond', value: 1000, convexity: 60 }], { yield: 0.01 }).total.delta).toBe('3');
  });

  it('the currency multiplies: −10 % and −5 % are −14.5 %', () => {
    const { positions } = scenario([{ id: 'usd', value: 200, betas: { equity: 0.5 }, r_fx: -0.05 }], {
      equity: -0.2,
    });
    expect(positions).toEqual([{ id: 'usd', delta: '-29', return: -0.145 }]);
  });

  it('the currency moves a position without factors too', () => {
    expect(scenario([{ id: 'cash', value: '100', r_fx: '0.1' }], {}).total).toEqual({
      delta: '10',
      return: 0.1,
    });
  });

  it('a factor without shock does nothing; a shock that nobody answers to is named', () => {
    const { positions, unanswered } = scenario([{ id: 'a', value: 100, betas: { oil: 2, equity: 1 } }], {
      equity: 0.1,
      gold: -0.5,
      yield: 0.01,
    });
    expect(positions[0]?.delta).toBe('10');
    expect(unanswered).toEqual(['gold', 'yield']);
    expect(scenario([{ id: 'a', value: 100, convexity: 0 }], { yield: 0.01 }).unanswered).toEqual([]);
  });

  it('a short position gains from a fall; the total is over the net value', () => {
    const betas = { equity: 1 };
    const { positions, total } = scenario(
      [
        { id: 'long', value: 300, betas },
        { id: 'short', value: -100, betas: { equity: 2 } },
      ],
      { equity: -0.1 },
    );
    expect(positions.map(({ delta }) => delta)).toEqual(['-30', '20']);
    expect(total).toEqual({ delta: '-10', return: -0.05 });
  });

  it('positions come in the order given, also of the same id', () => {
    const rows = [3, 1, 2].map((value) => ({ id: 'same', value, betas: { x: 1 } }));
    expect(scenario(rows, { x: 1 }).positions.map(({ delta }) => delta)).toEqual(['3', '1', '2']);
  });

  it.each([
    [[]],
    [[{ id: 'a', value: 0 }]],
    [
      [
        { id: 'a', value: 5 },
        { id: 'b', value: '-5' },
      ],
    ],
  ])('no value in total has no return: %j', (positions) => {
    expect(scenario(positions, { x: 1 })).toMatchObject({
      total: { return: null },
      reasons: { 'total.return': 'ZERO_START' },
    });
  });

  it('money is exact, and what is published adds up', () => {
    const rows = Array.from({ length: 3 }, (_, i) => ({ id: String(i), value: '0.1', betas: { x: 1 } }));
    expect(scenario(rows, { x: 1 }).total.delta).toBe('0.3');
  });

  it('without currency, shocks of twice the size move twice as much', () => {
    const amount = fc.integer({ min: -1_000_000, max: 1_000_000 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(amount, amount), { minLength: 1 }),
        fc.integer({ min: -99, max: 99 }),
        (rows, percent) => {
          const positions = rows.map(([value, beta], i) => ({
            id: String(i),
            value,
            betas: { x: beta / 1000 },
          }));
          const [once, twice] = [1, 2].map(
            (times) => scenario(positions, { x: (times * percent) / 100 }).total.delta,
          );
          expect(Number(twice)).toBeCloseTo(2 * Number(once), 6);
        },
      ),
    );
  });
});
