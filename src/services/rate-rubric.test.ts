import { rateByRubric } from './rate-rubric';
import { type Component, rubrics } from './rating-rubric';

const rate = (inputs: Record<string, number | null>, rubric: readonly Component[], policy: 'withhold' | 'reweigh' = 'withhold') =>
  rateByRubric(new Map(Object.entries(inputs)), rubric, policy); // prettier-ignore

const good = { fcf_coverage: 3, payout_ratio: 0.6, dividend_growth_streak: 4, net_cash: 0 };

describe('a rating by a rubric', () => {
  it('shows value, points, weight and the threshold met at its very value', () => {
    const rating = rate(good, rubrics.dividend_safety);
    // 0.35 · 10 + 0.30 · 8 + 0.20 · 6 + 0.15 · 4
    expect(rating).toMatchObject({ overall: 7.7, rating_100: 77, grade: 'C', missing: [] });
    expect(rating.components[1]).toEqual({
      name: 'payout_ratio',
      value: 0.6,
      score: 8,
      weight: 0.3,
      threshold: 0.6,
    });
    expect(rating.components[3]).toMatchObject({ score: 4, threshold: null });
  });

  it('withholds on a gap, or weighs the rest anew where that is declared', () => {
    const gap = { ...good, net_cash: null };
    expect(rate(gap, rubrics.dividend_safety)).toMatchObject({
      overall: null,
      grade: null,
      missing: ['net_cash'],
      reasons: { overall: 'MISSING_INPUT' },
    });
    const rest = rate(gap, rubrics.dividend_safety, 'reweigh');
    expect(rest.overall).toBeCloseTo(7.1 / 0.85, 9);
    expect(rest.components[3]).toMatchObject({ score: null, reason: 'MISSING_INPUT' });
  });

  it('missing data earn no credit', () => {
    expect(rate({}, rubrics.resilience, 'reweigh')).toMatchObject({ overall: null, rating_100: null });
  });

  it('every named rubric weighs to 1, and its best and worst are the grades’ ends', () => {
    for (const rubric of Object.values<readonly Component[]>(rubrics)) {
      expect(rubric.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
      const best = Object.fromEntries(
        rubric.map(({ name, better }) => [name, better === 'higher' ? 1e12 : -1]),
      );
      expect(rate(best, rubric).overall).toBeGreaterThan(9.3);
      const worst = Object.fromEntries(
        rubric.map(({ name, better }) => [name, better === 'higher' ? -1 : 1e12]),
      );
      expect(rate(worst, rubric)).toMatchObject({ grade: 'F' });
    }
  });

  const own = (more: Partial<Component> = {}): Component[] => [{ name: 'x', weight: 1, better: 'higher', steps: [[2, 10], [1, 5]], otherwise: 0, ...more }]; // prettier-ignore

  it('takes a rubric of one’s own', () => {
    expect(rate({ x: 1.5 }, own())).toMatchObject({ overall: 5, rating_100: 50, grade: 'F' });
  });

  it.each<[string, Record<string, number>, Component[]]>([
    ['/inputs/y', { y: 1 }, own()],
    ['/rubric', { x: 1 }, own({ weight: 0.9 })],
    ['/rubric', { x: 1 }, [...own({ weight: 0.5 }), ...own({ weight: 0.5 })]],
    ['/rubric/x', { x: 1 }, own({ better: 'lower' })],
    ['/rubric/x', { x: 1 }, own({ steps: [[2, 11]] })],
  ])('refuses what makes no sense: %s', (pointer, inputs, rubric) => {
    expect(() => rate(inputs, rubric)).toThrow(`${pointer}:`);
  });
});
