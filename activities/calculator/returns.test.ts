import { ask, refused } from '../../tests/support/ask-calculator';

describe('calc.time_weighted_return', () => {
  const values = [
    { date: '2012-01-01', value: '100' },
    { date: '2012-01-02', value: 210, inflow: '100.0', value_before_flow: '110' },
  ];

  it.each([
    [undefined, 0.1],
    ['end_of_day', 0.1],
    ['start_of_day', 0.05],
    ['in_start_out_end', 0.05],
    ['exact', 0.1],
  ])('with flows %s', async (flow_timing, cumulative) => {
    const result = await ask('calc.time_weighted_return', { values, ...(flow_timing && { flow_timing }) });
    expect(result.cumulative).toBeCloseTo(cumulative, 12);
    expect(result).toMatchObject({
      flow_timing: flow_timing ?? 'end_of_day',
      days: 1,
      warnings: [],
      sub_periods: [{ date: '2012-01-02', return: result.cumulative }],
    });
  });

  it('says why, in the calculator’s codes', async () => {
    const result = await ask('calc.time_weighted_return', {
      values: [values[0], { date: '2012-01-02', value: -1 }],
    });
    expect(result).toMatchObject({
      sub_periods: [{ return: null, reason: 'NO_ROOT' }],
      warnings: [{ code: 'NO_ROOT' }],
      reasons: { cumulative: 'NO_ROOT' },
    });
    expect((await ask('calc.time_weighted_return', { values: [] })).reasons).toEqual({
      cumulative: 'TOO_FEW_OBSERVATIONS',
      annualised: 'TOO_FEW_OBSERVATIONS',
    });
  });

  it.each([
    ['days out of order', [values[1], values[0]], /^\/values\/1\/date is 2012-01-01, after 2012-01-02/],
    ['a day twice', [values[0], values[0]], /^\/values\/1\/date is 2012-01-01 again/],
    ['an outflow with a sign', [{ ...values[0], outflow: -5 }], /^\/values\/0\/outflow is -5/],
    ['no day of the calendar', [{ ...values[0], date: '2012-02-30' }], /date/],
    ['members it does not know', [{ ...values[0], flow: 3 }], /flow/],
  ])('refuses %s', async (_what, rows, message) => {
    await refused('calc.time_weighted_return', { values: rows }, message);
  });

  it('chains 20,000 rows at once', async () => {
    const rows = Array.from({ length: 20_000 }, (_, index) => ({
      date: new Date(index * 86_400_000).toISOString().slice(0, 10),
      value: 100 + (index % 2),
    }));
    const start = performance.now();
    const result = await ask('calc.time_weighted_return', { values: rows });
    expect(performance.now() - start).toBeLessThan(5000);
    expect(result.cumulative).toBeCloseTo(0.01, 9);
    await refused('calc.time_weighted_return', { values: [...rows, rows[0]] }, /20000|20,000/);
  });
});

describe('calc.money_weighted_return', () => {
  const cash_flows = [{ date: '2011-07-02', amount: '-50.00' }];
  const final_value = { date: '2012-01-01', amount: '165' };

  it('takes an opening value with a date or on the first date, as text or number', async () => {
    const opening_value = { date: '2011-01-01', amount: 100 };
    const dated = await ask('calc.money_weighted_return', { cash_flows, opening_value, final_value });
    const marked = [{ date: '2011-01-01', amount: 0 }, ...cash_flows];
    expect(
      await ask('calc.money_weighted_return', { cash_flows: marked, opening_value: '100', final_value }),
    ).toEqual(dated);
    expect(dated).toMatchObject({ days: 365, day_count: 'act_365f', period_return: dated.xirr });
    expect(dated.reason).toBeUndefined();
  });

  it('says why there is none', async () => {
    expect(await ask('calc.money_weighted_return', { cash_flows: [], day_count: 'act_360' })).toMatchObject({
      xirr: null,
      modified_dietz: null,
      days: 0,
      day_count: 'act_360',
      reason: 'TOO_FEW_FLOWS',
      reasons: { xirr: 'TOO_FEW_FLOWS', modified_dietz: 'TOO_FEW_FLOWS' },
    });
  });

  it.each([
    [
      'a flow after the final value',
      { final_value: { date: '2011-07-01', amount: 5 } },
      /\/cash_flows\/0\/date/,
    ],
    [
      'a flow before the opening value',
      { opening_value: { date: '2011-07-03', amount: 5 } },
      /\/cash_flows\/0\/date/,
    ],
    [
      'an end before the start',
      {
        cash_flows: [],
        opening_value: { date: '2012-07-03', amount: 5 },
        final_value: { date: '2011-07-03', amount: 5 },
      },
      /^\/final_value\/date/,
    ],
    ['an amount that no double holds', { opening_value: '1'.repeat(400) }, /^\/opening_value is larger/],
    ['a day count it does not know', { day_count: 'act_365' }, /day_count/],
  ])('refuses %s', async (_what, args, message) => {
    await refused('calc.money_weighted_return', { cash_flows, ...args }, message);
  });
});

describe('calc.annualise', () => {
  it('gives the reason of its one number too', async () => {
    expect(await ask('calc.annualise', { total_return: 0.1, days: 0 })).toMatchObject({
      annualised: null,
      reason: 'ONE_DATE',
    });
    expect((await ask('calc.annualise', { total_return: '0.21', days: '730' })).annualised).toBeCloseTo(
      0.1,
      12,
    );
  });

  it.each([
    [{ days: -1 }, /^\/days is -1/],
    [{ periods: -1, periods_per_year: 12 }, /^\/periods is -1/],
    [{ periods: 1, periods_per_year: 0 }, /^\/periods_per_year is 0/],
  ])('refuses %j', async (args, message) => {
    await refused('calc.annualise', { total_return: 0.1, ...args }, message);
  });
});
