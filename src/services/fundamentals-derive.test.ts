import statements from '../../tests/fixtures/fundamentals/invented.json';
import { runChecklist } from './checklist-outcome';
import { deriveFundamentals, withoutFundamentals } from './fundamentals-derive';
import type { AnnualStatements } from './fundamentals-years';

const asof = '2013-02-28';
const full = statements as AnnualStatements;

/** The fixture with some figures of a year replaced. */
function changed(periodEnd: string | null, figures: Record<string, string | null>): AnnualStatements {
  const edit = <S extends { period_end: string; figures: object }>(rows: readonly S[]): S[] =>
    rows.map((row) => {
      const own = Object.entries(figures).filter(([name]) => name in row.figures);
      const isMeant = periodEnd === null || row.period_end === periodEnd;
      return isMeant ? { ...row, figures: { ...row.figures, ...Object.fromEntries(own) } } : row;
    });
  return {
    income: edit(full.income),
    balance_sheet: edit(full.balance_sheet),
    cash_flow: edit(full.cash_flow),
  };
}
const inputsOf = (given: AnnualStatements, day = asof) => deriveFundamentals(given, day).inputs;
const newest = '2012-12-31';

describe('fundamentals of annual statements', () => {
  it('are those of the formulas, counted by hand', () => {
    const inputs = inputsOf(full);
    expect(inputs.payout_ratio.value).toBeCloseTo((40 / 100 + 36 / 90 + 32 / 80 + 28 / 70 + 24 / 60) / 5, 12);
    expect(inputs.fcf_coverage.value).toBe(3);
    expect(inputs.dividend_growth_streak).toMatchObject({ value: 5, observations: 5 });
    expect(inputs.net_cash.value).toBe('100');
    expect(inputs.return_on_equity.value).toBeCloseTo((100 + 90 + 80 + 70 + 60) / 5 / 500, 12);
    expect(inputs.gross_margin.value).toBeCloseTo(0.4, 12);
    expect(inputs.intangibles_to_assets.value).toBe(0.2);
    expect(inputs.debt_to_equity.value).toBe(0.2);
    expect(inputs.current_ratio.value).toBe(2);
    expect(inputs.interest_coverage.value).toBe(15);
    expect(inputs.operating_margin_deviation.value).toBe(0);
    expect(inputs.operating_margin.value).toBeCloseTo(0.15, 12);
    expect(inputs.cash_to_assets.value).toBe(0.2);
    expect(inputs.switching_costs).toMatchObject({ value: null, reasons: { value: 'NEEDS_JUDGEMENT' } });
    expect(inputs.payout_ratio).toMatchObject({ filed_on: '2013-02-20', observations: 5 });
  });

  it('have the mean of equal years at that very value, so that it meets a mark', () => {
    const three = { income: full.income.slice(0, 3), balance_sheet: full.balance_sheet.slice(0, 3) };
    const found = inputsOf({ ...full, ...three, cash_flow: full.cash_flow.slice(0, 3) });
    expect(found.gross_margin).toMatchObject({ value: 0.4, observations: 3 });
    expect(found.payout_ratio.value).toBe(0.4);
  });

  it('know nothing that was filed later, nor what was filed nobody knows when', () => {
    const before = deriveFundamentals(full, '2013-02-19');
    expect(before).toMatchObject({ latest_period_end: '2011-12-31', years: 5 });
    expect(before.left_out).toContainEqual({
      statement: 'income',
      period_end: newest,
      reason: 'FILED_LATER',
    });
    expect(before.inputs.dividend_growth_streak).toMatchObject({ value: 4, observations: 4 });
    const undated = { ...full, income: full.income.map((row) => ({ ...row, filing_date: null })) };
    expect(deriveFundamentals(undated, asof).left_out).toHaveLength(6);
    expect(inputsOf(undated).gross_margin.reasons).toMatchObject({ value: 'NOT_GIVEN' });
  });

  it('stop at a year that is missing', () => {
    const without = <S extends { period_end: string }>(rows: readonly S[]): S[] =>
      rows.filter(({ period_end }) => period_end !== '2010-12-31');
    const gap = {
      income: without(full.income),
      balance_sheet: without(full.balance_sheet),
      cash_flow: without(full.cash_flow),
    };
    const found = deriveFundamentals(gap, asof);
    expect(found.years).toBe(2);
    expect(found.inputs.payout_ratio.reasons).toMatchObject({ value: 'TOO_FEW_YEARS' });
    expect(found.inputs.dividend_growth_streak).toMatchObject({ value: 1, observations: 1 });
    expect(found.left_out).toContainEqual({
      statement: 'income',
      period_end: '2009-12-31',
      reason: 'GAP_BEFORE',
    });
  });

  it('stop at the rest of a year whose end was changed', () => {
    const until = (end: string, filed: string) => (row: AnnualStatements[keyof AnnualStatements][number]) =>
      row.period_end === newest ? { ...row, period_end: end, filing_date: filed } : row;
    const moved = (end: string, filed: string) => ({
      income: full.income.map(until(end, filed)),
      balance_sheet: full.balance_sheet.map(until(end, filed)),
      cash_flow: full.cash_flow.map(until(end, filed)),
    });
    // Three months after 2011-12-31.
    const short = deriveFundamentals(moved('2012-03-31', '2012-06-01') as AnnualStatements, asof);
    expect(short).toMatchObject({ years: 0, inputs: { gross_margin: { value: null } } });
    expect(short.left_out).toContainEqual({
      statement: 'cash_flow',
      period_end: '2012-03-31',
      reason: 'SHORT_YEAR',
    });
    expect(short.left_out).toContainEqual({
      statement: 'income',
      period_end: '2011-12-31',
      reason: 'GAP_BEFORE',
    });
    // 52 weeks are a year.
    expect(deriveFundamentals(moved('2012-12-29', '2013-02-20') as AnnualStatements, asof).years).toBe(6);
  });

  it('set no figure against one of another currency, and give no amount of nobody knows what', () => {
    const inYen = (currency: string | null): AnnualStatements => ({
      ...full,
      balance_sheet: full.balance_sheet.map((row) => ({ ...row, currency })),
    });
    const mixed = deriveFundamentals(inYen('JPY'), asof);
    expect(mixed.currency).toBeNull();
    for (const name of ['return_on_equity', 'payout_ratio', 'debt_to_equity', 'net_cash'] as const)
      expect(mixed.inputs[name].reasons).toMatchObject({ value: 'CURRENCY_CHANGED' });
    const unnamed = inputsOf(inYen(null));
    expect(unnamed.net_cash.reasons).toMatchObject({ value: 'NOT_GIVEN' });
    expect(unnamed.debt_to_equity.value).toBe(0.2);
  });

  it.each<[string, AnnualStatements, keyof ReturnType<typeof inputsOf>, string]>([
    ['a loss', changed('2010-12-31', { net_income: '-1' }), 'payout_ratio', 'LOSS_YEAR'],
    ['no dividends', changed(null, { dividends_paid: '0' }), 'payout_ratio', 'NO_DIVIDENDS'],
    ['no dividends', changed(null, { dividends_paid: '0' }), 'fcf_coverage', 'NO_DIVIDENDS'],
    ['no dividends', changed(null, { dividends_paid: '0' }), 'dividend_growth_streak', 'NO_DIVIDENDS'],
    ['equity of zero', changed(newest, { shareholders_equity: '0' }), 'debt_to_equity', 'NO_EQUITY'],
    ['equity below zero', changed('2009-12-31', { shareholders_equity: '-5' }), 'return_on_equity', 'NO_EQUITY'],
    ['no interest and no debt', changed(newest, { interest_expense: '0', total_debt: '0' }), 'interest_coverage', 'NO_INTEREST_EXPENSE'],
    ['debt without interest', changed(newest, { interest_expense: '0' }), 'interest_coverage', 'NOT_GIVEN'],
    ['interest without debt', changed(newest, { total_debt: '0' }), 'debt_to_equity', 'NOT_GIVEN'],
    ['interest without debt', changed(newest, { total_debt: '0' }), 'net_cash', 'NOT_GIVEN'],
    ['no costs reported', changed('2011-12-31', { cost_of_revenue: '0' }), 'gross_margin', 'NOT_GIVEN'],
    ['no liabilities reported', changed(newest, { current_liabilities: '0' }), 'current_ratio', 'NOT_GIVEN'],
    ['revenue that stands still', changed(null, { revenue: '500' }), 'growth_variation', 'NO_GROWTH'],
  ])('have no default for %s', (_what, given, name, code) => {
    expect(inputsOf(given)[name]).toMatchObject({ value: null, reasons: { value: code } });
  }); // prettier-ignore

  it('end a streak at the year in which no more was paid', () => {
    expect(inputsOf(changed('2011-12-31', { dividends_paid: '-40' })).dividend_growth_streak.value).toBe(0);
    expect(inputsOf(changed('2010-12-31', { dividends_paid: '-28' })).dividend_growth_streak.value).toBe(2);
  });

  it('are stale when the next year is overdue, and nothing where nothing counts', () => {
    expect(inputsOf(full, '2014-05-16').gross_margin.reasons).toMatchObject({ value: 'STALE' });
    expect(inputsOf(full, '2014-05-15').gross_margin.value).not.toBeNull();
    const none = deriveFundamentals({ income: [], balance_sheet: [], cash_flow: [] }, asof);
    expect(none).toEqual(withoutFundamentals('NO_STATEMENTS'));
  });

  it('meet a mark of the checklist at its very value, and are not judged where they are missing', () => {
    const inputs = inputsOf(changed(null, { dividends_paid: '0' }));
    const checks = runChecklist((name) => ({
      value: inputs[name].value,
      reason: inputs[name].reasons['value'],
    }));
    const outcome = Object.fromEntries(checks.map((check) => [check.name, check.outcome]));
    expect(outcome).toMatchObject({
      debt_to_equity: 'pass',
      operating_margin: 'fail',
      payout_ratio: 'not_available',
    });
    const [met] = runChecklist(() => ({ value: 0.15 }));
    expect(met).toMatchObject({ name: 'return_on_equity', mark: '>= 0.15', outcome: 'pass' });
  });
});
