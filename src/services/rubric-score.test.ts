import type { FundamentalName } from '../contract/rating-names';
import { scoreCompanies } from './rubric-aggregate';
import type { Rubric } from './rubric-definition';
import { dividendSafety } from './rubric-dividend-safety';
import { moatStrength } from './rubric-moat-strength';
import { resilience } from './rubric-resilience';
import { gradeOf, scoreByRubric } from './rubric-score';

const rubrics: readonly Rubric[] = [dividendSafety, moatStrength, resilience];
type Figures = Partial<Record<FundamentalName, number | string | null>>;
const readerOf =
  (figures: Figures, reason?: string) =>
  (name: FundamentalName): { value: number | string | null; reason: string | undefined } => ({
    value: figures[name] ?? null,
    reason,
  });
const score = (rubric: Rubric, figures: Figures, currency = 'USD') =>
  scoreByRubric(rubric, readerOf(figures), currency);

const [payout, cover, streak, cash] = [
  'payout_ratio',
  'fcf_coverage',
  'dividend_growth_streak',
  'net_cash',
] as const;
const good: Figures = { [payout]: 0.2, [cover]: 4, [streak]: 25, [cash]: '60000000000' };
const strong: Figures = {
  return_on_equity: 0.3,
  gross_margin: 0.7,
  intangibles_to_assets: 0.4,
  switching_costs: 10,
};
const firm: Figures = {
  debt_to_equity: 0.1,
  current_ratio: 3,
  interest_coverage: 20,
  operating_margin_deviation: 0.01,
};

describe('points of a component', () => {
  it.each<[FundamentalName, number | string, number, string]>([
    [payout, 0.2999, 10, '< 0.3'],
    [payout, 0.3, 7, '< 0.5'],
    [payout, 0.5, 5, '< 0.7'],
    [payout, 0.7, 2, 'otherwise'],
    [cover, 3.0001, 10, '> 3'],
    [cover, 3, 7, '> 2'],
    [cover, 2, 5, '> 1'],
    [cover, 1, 2, 'otherwise'],
    [streak, 20, 10, '>= 20'],
    [streak, 19, 9, '>= 10'],
    [streak, 10, 9, '>= 10'],
    [streak, 5, 7, '>= 5'],
    [streak, 4, 5, 'otherwise'],
    [cash, '50000000001', 10, '> 50000000000'],
    [cash, '50000000000', 8, '> 10000000000'],
    [cash, '10000000000', 6, '> 1000000000'],
    [cash, '1000000000', 4, 'otherwise'],
    [cash, '-5', 4, 'otherwise'],
    ['return_on_equity', 0.2001, 10, '> 0.2'],
    ['return_on_equity', 0.2, 8, '> 0.15'],
    ['return_on_equity', 0.15, 6, '> 0.1'],
    ['return_on_equity', 0.1, 4, 'otherwise'],
    ['gross_margin', 0.61, 10, '> 0.6'],
    ['gross_margin', 0.6, 8, '> 0.4'],
    ['gross_margin', 0.4, 6, '> 0.25'],
    ['gross_margin', 0.25, 4, 'otherwise'],
    ['intangibles_to_assets', 0.31, 8, '> 0.3'],
    ['intangibles_to_assets', 0.3, 6, '> 0.15'],
    ['intangibles_to_assets', 0.15, 4, 'otherwise'],
    ['switching_costs', 6.5, 6.5, 'as given'],
    ['debt_to_equity', 0.4999, 10, '< 0.5'],
    ['debt_to_equity', 0.5, 8, '< 1'],
    ['debt_to_equity', 1, 6, '< 2'],
    ['debt_to_equity', 2, 3, 'otherwise'],
    ['current_ratio', 2.01, 10, '> 2'],
    ['current_ratio', 2, 8, '> 1.5'],
    ['current_ratio', 1.5, 7, '> 1'],
    ['current_ratio', 1, 4, 'otherwise'],
    ['interest_coverage', 10.1, 10, '> 10'],
    ['interest_coverage', 10, 8, '> 5'],
    ['interest_coverage', 5, 6, '> 2'],
    ['interest_coverage', 2, 3, 'otherwise'],
    ['operating_margin_deviation', 0.0199, 10, '< 0.02'],
    ['operating_margin_deviation', 0.02, 8, '< 0.05'],
    ['operating_margin_deviation', 0.05, 6, '< 0.1'],
    ['operating_margin_deviation', 0.1, 4, 'otherwise'],
  ])('%s of %s earns %d by the rule %s', (name, value, points, rule) => {
    const rubric = rubrics.find(({ components }) => components.some((one) => one.name === name)) as Rubric;
    const component = score(rubric, { [name]: value }).components.find((one) => one.name === name);
    expect(component).toMatchObject({ score: points, rule });
  });

  it('weigh to 1 in every rubric', () => {
    for (const { components } of rubrics)
      expect(components.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
  });
});

describe('a rating by a rubric', () => {
  it('is the sum of its contributions, on three scales', () => {
    // 0.30 · 7 + 0.35 · 10 + 0.20 · 9 + 0.15 · 8 = 8.6
    const rating = score(dividendSafety, { [payout]: 0.3, [cover]: 4, [streak]: 12, [cash]: '20000000000' });
    expect(rating).toMatchObject({
      overall: 8.6,
      rating_100: 86,
      grade: 'B',
      covered_weight: 1,
      reasons: {},
    });
    const sum = rating.components.reduce((all, { contribution }) => all + (contribution as number), 0);
    expect(sum).toBeCloseTo(8.6, 12);
  });

  it('weighs the rest anew where at least 80 % is known: no interest is no cover', () => {
    // (0.4 · 10 + 0.25 · 7 + 0.15 · 4) ÷ 0.8 = 7.9375
    const figures = { debt_to_equity: 0.1, current_ratio: 1.2, operating_margin_deviation: 0.2 };
    const rating = scoreByRubric(resilience, readerOf(figures, 'NO_INTEREST_EXPENSE'), 'USD');
    expect(rating).toMatchObject({ overall: 7.9375, covered_weight: 0.8, grade: 'C' });
    expect(rating.components[2]).toMatchObject({ score: null, reasons: { score: 'NO_INTEREST_EXPENSE' } });
  });

  it('is withheld below that, for the reason of the heaviest component that is missing', () => {
    const rating = scoreByRubric(
      dividendSafety,
      readerOf({ [streak]: 3, [cash]: '0' }, 'NO_DIVIDENDS'),
      'USD',
    );
    expect(rating).toMatchObject({ overall: null, grade: null, reasons: { overall: 'NO_DIVIDENDS' } });
    expect(rating.components[2]).toMatchObject({
      score: 5,
      contribution: null,
      reasons: { contribution: 'WITHHELD' },
    });
  });

  it('gives nothing no credit, in any rubric', () => {
    for (const rubric of rubrics)
      expect(score(rubric, {})).toMatchObject({ overall: null, covered_weight: 0 });
  });

  it('does not compare an amount of another currency with dollars', () => {
    const rating = score(dividendSafety, good, 'EUR');
    expect(rating.components[3]).toMatchObject({ score: null, reasons: { score: 'THRESHOLD_CURRENCY' } });
    expect(rating.covered_weight).toBe(0.85);
  });

  it.each([
    [90, 'A'],
    [89.9, 'B'],
    [80, 'B'],
    [70, 'C'],
    [60, 'D'],
    [59.99, 'F'],
  ])('%d of 100 is grade %s', (points, grade) => {
    expect(gradeOf(points)).toBe(grade);
  });
});

describe('a portfolio of companies', () => {
  const company = (symbol: string, value: string | null, figures: Figures | null) => ({
    ...{ security_id: symbol, symbol, value, currency: 'USD' },
    inputs: figures && readerOf(figures),
  });
  const all = { ...good, ...strong, ...firm };

  it('weighs parts 30, 40 and 30, and companies by value', () => {
    // Moat of the best: 0.35 · 10 + 0.30 · 10 + 0.20 · 8 + 0.15 · 10 = 9.6, so 0.3 · 10 + 0.4 · 9.6 + 0.3 · 10 = 9.84;
    // with no payout to spare (2 for 10): dividend 7.6, so 9.12. By 3 to 1: 9.66.
    const scored = scoreCompanies([company('A', '300', all), company('B', '100', { ...all, [payout]: 0.9 })]);
    expect(scored).toMatchObject({ overall: 9.66, rating_100: 96.6, grade: 'A', rated_fraction: 1 });
    expect(scored.ratings[1]).toMatchObject({
      overall: 9.12,
      weight: 0.25,
      dividend_safety: 7.6,
      moat_strength: 9.6,
    });
  });

  it('is withheld where less than 80 % of its value is rated, and says what each company misses', () => {
    const scored = scoreCompanies([company('A', '79', all), company('B', '21', null)]);
    expect(scored).toMatchObject({
      overall: null,
      rated_fraction: 0.79,
      reasons: { overall: 'MISSING_INPUT' },
    });
    expect(scored.ratings[1]?.missing).toHaveLength(12);
    expect(scoreCompanies([company('A', '80', all), company('B', '20', null)]).overall).toBe(9.84);
  });

  it.each([
    ['NO_QUOTE', [company('A', null, all)]],
    ['ZERO_TOTAL', [company('A', '0', all)]],
    // Weights of 2 and −1 would give ratings above 10.
    ['NO_WEIGHTS', [company('A', '200', all), company('B', '-100', { ...all, [payout]: 0.9 })]],
    ['NO_HOLDINGS', []],
  ])('is withheld with %s', (code, companies) => {
    expect(scoreCompanies(companies)).toMatchObject({ overall: null, reasons: { overall: code } });
  });
});
