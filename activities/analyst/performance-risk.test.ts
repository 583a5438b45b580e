import { catalogue } from '../../src/capabilities';
import { lastDays, sinceInception } from '../../src/services/window';
import { compileSchema } from '../../src/validate';
import { type CashChange, cashHistory, weekdays } from '../../tests/support/cash-history';
import { riskResult } from './performance-risk';

const dates = weekdays('2012-01-02', 130);
const problems = compileSchema(catalogue['metrics.compute_risk'].result);

function riskOf(
  cash: CashChange[],
  { unquoted = [], lookback, ...args }: { unquoted?: string[]; lookback?: number; confidence?: number } = {},
) {
  const history = cashHistory(dates, cash, unquoted);
  const window = lookback === undefined ? sinceInception(history) : lastDays(history, lookback);
  const result = riskResult({ base_currency: 'EUR', window }, args);
  expect(problems(result)).toEqual([]);
  return result;
}

const opening: CashChange = ['2012-01-02', '1000', '1000'];
/** Up and down by turns. */
const gains = dates
  .slice(1)
  .map((date, day): CashChange => [date, day % 3 === 0 ? '-7' : String((day % 5) + 1), '0']);

describe('risk of daily returns', () => {
  it('sees nothing of money that comes in and goes out', () => {
    // All is taken out but a hundredth: on raw values this would be a fall of 99 %.
    const taken = riskOf([opening, ['2012-03-01', '-990', '-990']]);
    expect(taken).toMatchObject({ max_drawdown: 0, current_drawdown: 0, volatility: 0 });
  });

  it('is the same for ten times the money', () => {
    const tenfold = [opening, ...gains].map(([date, ...amounts]): CashChange => {
      const [amount, external] = amounts.map((text) => String(Number(text) * 10)) as [string, string];
      return [date, amount, external];
    });
    const [small, large] = [riskOf([opening, ...gains]), riskOf(tenfold)];
    for (const name of ['volatility', 'sharpe_ratio', 'sortino_ratio', 'max_drawdown'] as const)
      expect(large[name]).toBeCloseTo(small[name] as number, 12);
  });

  it('gives no ratio without deviation, and no peak without a fall', () => {
    const flat = riskOf([opening]);
    expect(flat).toMatchObject({ volatility: 0, sharpe_ratio: null, sortino_ratio: null, peak: null });
    expect(flat.reasons).toMatchObject({
      sharpe_ratio: 'ZERO_DEVIATION',
      sortino_ratio: 'ZERO_DEVIATION',
      peak: 'ZERO_DEVIATION',
      calmar_ratio: 'ZERO_DEVIATION',
      'value_at_risk.cornish_fisher': 'ZERO_DEVIATION',
    });
    expect(flat.reasons).not.toHaveProperty('volatility');
  });

  it('has no deviation of one day', () => {
    const one = riskOf([opening, ['2012-01-03', '1', '0']], { lookback: 1 });
    expect(one).toMatchObject({ observations: 1, volatility: null, max_drawdown: 0 });
    expect(one.reasons).toMatchObject({ volatility: 'TOO_FEW_OBSERVATIONS' });
  });

  it('warns of few observations and of an empty tail', () => {
    const codes = (result: ReturnType<typeof riskOf>) => result.warnings.map(({ code }) => code);
    expect(codes(riskOf([opening, ...gains], { lookback: 59 }))).toEqual(['FEW_OBSERVATIONS']);
    expect(codes(riskOf([opening, ...gains], { lookback: 60 }))).toEqual([]);
    expect(codes(riskOf([opening, ...gains], { lookback: 60, confidence: 0.99 }))).toEqual(['EMPTY_TAIL']);
  });

  it('says on which days a fall began, bottomed and ended, and that another has not ended', () => {
    const result = riskOf([opening, ['2012-02-01', '-100', '0'], ['2012-02-15', '150', '0']]);
    expect(result).toMatchObject({
      max_drawdown: -0.09999999999999998,
      peak: '2012-01-31',
      trough: '2012-02-01',
      recovery: '2012-02-15',
      duration: 15,
      current_drawdown: 0,
      current_peak: '2012-02-15',
    });
    const lasting = riskOf([opening, ['2012-02-01', '-100', '0']]);
    expect(lasting).toMatchObject({ recovery: null, reasons: { recovery: 'NOT_RECOVERED' } });
    expect(lasting.current_drawdown).toBeCloseTo(-0.1, 12);
  });

  it('leaves out days without meaning or capital, and names them', () => {
    const result = riskOf([opening, ['2012-02-01', '-1500', '0'], ['2012-02-03', '1500', '1500']]);
    expect(result.observations).toBe(dates.length - 3);
    expect(result.warnings).toEqual([
      { date: '2012-02-01', code: 'TOTAL_LOSS' },
      { date: '2012-02-02', code: 'ZERO_START' },
      { date: '2012-02-03', code: 'ZERO_START' },
    ]);
  });

  it('gives every figure as missing, with one reason, where the window has no first or last value', () => {
    const last = dates.at(-1) as string;
    const result = riskOf([opening, ...gains], { unquoted: [last] });
    expect(result).toMatchObject({ from: null, observations: 0, value_at_risk: { historical: null } });
    expect(new Set(Object.values(result.reasons))).toEqual(new Set(['NO_QUOTE']));
    const isMissing = (value: unknown): boolean =>
      value === null || (typeof value === 'object' && Object.values(value).every((x) => x === null));
    const { convention: _c, warnings: _w, reasons: _r, ...members } = result;
    const available = Object.entries(members).filter(([, value]) => !isMissing(value));
    expect(available.map(([name]) => name)).toEqual([
      'observations',
      'unvalued_days',
      'currency',
      'idle_days',
    ]);
  });
});
