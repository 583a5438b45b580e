import { ask, refused } from '../../tests/support/ask-calculator';

describe('calc.currency_attribution', () => {
  const position = { id: 'a', price_begin: '80', price_end: 100, fx_begin: '0.9', fx_end: 0.99 };

  it.each([
    [undefined, 0.25, 0.1, 0.025],
    ['currency', 0.25, 0.125, 0],
    ['local', 0.275, 0.1, 0],
  ])('gives the interaction to %s', async (interaction, local, fx, cross) => {
    const result = await ask('calc.currency_attribution', {
      positions: [position],
      ...(interaction && { interaction }),
    });
    expect(result.total.local).toBeCloseTo(local, 12);
    expect(result.total.fx).toBeCloseTo(fx, 12);
    expect(result.total.interaction).toBeCloseTo(cross, 12);
    expect(result.base_independent).toBeCloseTo(0.375, 12);
    expect(result.interaction).toBe(interaction ?? 'separate');
  });

  it('refuses prices and rates below 0', async () => {
    await refused(
      'calc.currency_attribution',
      { positions: [{ ...position, fx_end: '-1' }] },
      /^\/positions\/0\/fx_end/,
    );
  });
});

describe('calc.brinson_attribution', () => {
  const one = {
    weights_portfolio: [0.4, 0.3, '0.3'],
    weights_benchmark: [0.4, 0.2, 0.4],
    returns_portfolio: [0.2, -0.05, 0.06],
    returns_benchmark: [0.1, -0.04, 0.08],
  };
  const two = Object.fromEntries(Object.entries(one).map(([name, list]) => [name, [list, list]]));

  it('attributes one period without linking', async () => {
    const result = await ask('calc.brinson_attribution', one);
    expect((result.allocation as number[])[1]).toBeCloseTo(-0.0104, 12);
    expect(result.total).toBeCloseTo(0.019, 12);
    expect(result).toMatchObject({ linked: null, reasons: {}, conventions: { linking: 'none' } });
  });

  it('attributes several periods and links them', async () => {
    const result = await ask('calc.brinson_attribution', {
      ...two,
      linking: 'carino',
      interaction: 'selection',
    });
    expect(result.selection).toHaveLength(2);
    expect((result.total as number[])[1]).toBeCloseTo(0.019, 12);
    expect((result.portfolio_return as number[])[0]).toBeCloseTo(0.083, 12);
    expect(result.linked?.total).toBeCloseTo(1.083 ** 2 - 1.064 ** 2, 12);
    expect(result.linked?.interaction).toEqual([0, 0, 0]);
  });

  it('says why it did not link', async () => {
    const lost = {
      weights_portfolio: [1],
      weights_benchmark: [1],
      returns_portfolio: [-1],
      returns_benchmark: [0],
    };
    expect(await ask('calc.brinson_attribution', { ...lost, linking: 'carino' })).toMatchObject({
      linked: null,
      reasons: { linked: 'NO_ROOT' },
    });
  });

  it.each([
    ['lists of different lengths', { returns_benchmark: [0.1, 0.2] }, /^\/returns_benchmark has 2 segments/],
    ['percentages', { weights_portfolio: [40, 30, 30] }, /^\/weights_portfolio add up to 100/],
    [
      'one period beside several',
      { returns_portfolio: two['returns_portfolio'] },
      /^\/returns_portfolio and/,
    ],
    [
      'a held segment without a return',
      { returns_portfolio: [0.2, null, 0.06] },
      /^\/returns_portfolio\/1 is null/,
    ],
    ['no segments', { weights_portfolio: [] }, /segments/],
  ])('refuses %s', async (_what, args, message) => {
    await refused('calc.brinson_attribution', { ...one, ...args }, message);
  });

  it('refuses periods that do not fit', async () => {
    const args = { ...two, returns_portfolio: [one.returns_portfolio] };
    await refused('calc.brinson_attribution', args, /^\/returns_portfolio has 1 periods/);
  });
});
