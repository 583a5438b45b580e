import fc from 'fast-check';
import { allocate } from './allocate';
import { Decimal, sum } from './decimal';

describe('allocating', () => {
  it('is exact where the classes settle every amount', () => {
    const answer = allocate([[0.9, 0.1], [0.1, 0.9]], [1000, 2000], 2); // prettier-ignore
    expect(answer).toMatchObject({ exactness: 'exact', by_unknown: ['exact', 'exact'], residuals: [0, 0] });
    expect(answer.amounts.map(Number)).toEqual([875, 2125]);
  });

  it('is ambiguous, with the least norm, where other amounts do as well', () => {
    const answer = allocate([[0.5, 0.5, 0], [0, 0, 1]], [1000, 1000], 3); // prettier-ignore
    expect(answer).toMatchObject({ exactness: 'ambiguous', by_unknown: ['ambiguous', 'ambiguous', 'exact'] });
    expect(answer.amounts.map(Number)).toEqual([1000, 1000, 1000]);
  });

  it('is inexact where the classes contradict each other, for the unknowns of those only', () => {
    const answer = allocate([[1, 0], [1, 0], [0, 1]], [2000, 0, 7], 2); // prettier-ignore
    expect(answer).toMatchObject({ exactness: 'inexact', by_unknown: ['inexact', 'exact'] });
    expect(answer.amounts.map(Number)).toEqual([1000, 7]);
    expect(answer.residuals.map(Math.round)).toEqual([-1000, 1000, 0]);
  });

  it.each([
    [0, [0, 0]],
    [1000, [1000, 0]],
    [2500, [2500, 0]],
  ])('a total of %j is taken up by what cannot be met anyway', (total, amounts) => {
    const answer = allocate([[1, 0], [1, 0], [0, 1]], [2000, 0, 0], 2, total); // prettier-ignore
    expect(answer.amounts.map(Number)).toEqual(amounts);
  });

  it('a total uses the room that classes leave, and settles what was ambiguous', () => {
    const answer = allocate([[2, 0, 0]], [1000], 3, '900');
    expect(answer).toMatchObject({ exactness: 'ambiguous', by_unknown: ['exact', 'ambiguous', 'ambiguous'] });
    expect(answer.amounts.map(Number)).toEqual([500, 200, 200]);
    expect(allocate([[1, 0]], [100], 2, 300)).toMatchObject({ exactness: 'exact', amounts: ['100', '200'] });
  });

  it('a total that classes contradict is kept, at least squares', () => {
    const answer = allocate([[1, 0], [0, 1]], [100, 100], 2, 300); // prettier-ignore
    expect(answer).toMatchObject({ exactness: 'inexact', amounts: ['150', '150'] });
  });

  it('keeps a total to the last digit', () => {
    const { amounts } = allocate([[1, 1, 1]], [100], 3, '100.00');
    expect(sum(amounts.map((text) => new Decimal(text))).toString()).toBe('100');
  });

  it('takes no classes, zeros and negative amounts', () => {
    expect(allocate([], [], 2)).toMatchObject({ amounts: ['0', '0'], exactness: 'ambiguous' });
    expect(allocate([], [], 2, 10)).toMatchObject({ amounts: ['5', '5'], exactness: 'ambiguous' });
    expect(allocate([[0]], [0], 1)).toMatchObject({ amounts: ['0'], exactness: 'ambiguous' });
    expect(allocate([[1]], [-1000], 1)).toMatchObject({ amounts: ['-1000'], exactness: 'exact' });
    expect(allocate([], [], 0)).toMatchObject({ amounts: [], exactness: 'exact' });
  });

  it.each([
    ['/targets', () => allocate([[1]], [1, 2], 1)],
    ['/exposures/0', () => allocate([[1, 2]], [1], 1)],
    ['/total', () => allocate([], [], 0, 5)],
  ])('refuses lists that do not fit: %s', (pointer, call) => {
    expect(call).toThrow(`${pointer}:`);
  });

  it('no small change comes nearer, and any total is kept', () => {
    const share = fc.integer({ min: 0, max: 4 }).map((value) => value / 4);
    const problem = fc.integer({ min: 1, max: 5 }).chain((n) =>
      fc.record({
        rows: fc.array(
          fc.tuple(fc.array(share, { minLength: n, maxLength: n }), fc.integer({ min: -500, max: 2_000 })),
          { minLength: 1, maxLength: 6 },
        ),
        change: fc.array(fc.integer({ min: -5, max: 5 }), { minLength: n, maxLength: n }),
        total: fc.integer({ min: -1_000, max: 5_000 }),
      }),
    );
    const miss = (rows: readonly [number[], number][], x: readonly number[]): number =>
      rows.reduce(
        (all, [row, target]) =>
          all + (row.reduce((got, part, j) => got + part * (x[j] ?? 0), 0) - target) ** 2,
        0,
      );
    fc.assert(
      fc.property(problem, ({ rows, change, total }) => {
        const [exposures, targets] = [rows.map(([row]) => row), rows.map(([, target]) => target)];
        const x = allocate(exposures, targets, change.length).amounts.map(Number);
        const moved = x.map((value, j) => value + (change[j] ?? 0));
        expect(miss(rows, x)).toBeLessThanOrEqual(miss(rows, moved) + 1e-3);
        const kept = allocate(exposures, targets, change.length, total).amounts;
        expect(sum(kept.map((text) => new Decimal(text))).toNumber()).toBe(total);
      }),
    );
  });
});
