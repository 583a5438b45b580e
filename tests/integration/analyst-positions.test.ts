/** What the analyst says of the demo's positions, from the real database. */
import { alice, type Analyst, bob, startAnalyst } from '../support/ask-analyst';

let analyst: Analyst;
beforeAll(async () => {
  analyst = await startAnalyst();
});
afterAll(() => analyst.close());

const total = <K extends string>(rows: readonly Record<K, number | null>[], member: K): number =>
  rows.reduce((sum, row) => sum + (row[member] ?? NaN), 0);
const windows: { lookback_days?: number }[] = [{ lookback_days: 252 }, { lookback_days: 1 }, {}];

describe('metrics.currency_attribution', () => {
  it.each(windows)(
    'adds up by currency, position and month to the time-weighted return: %j',
    async (args) => {
      const split = await analyst.ask('metrics.currency_attribution', args);
      const { value } = await analyst.ask('metrics.compute_twr', args);
      expect(split.base_return_actual).toBe(value);
      expect(Math.abs(split.error_bps as number)).toBeLessThan(1e-5);
      for (const rows of [split.by_currency, split.by_position, split.by_period]) {
        for (const part of ['local_return', 'fx_return', 'interaction', 'total'] as const) {
          const whole = part === 'total' ? split.value : split[part];
          expect(Math.abs(total<typeof part>(rows, part) - (whole as number))).toBeLessThan(1e-9);
        }
      }
      // Nothing has a weight on the morning of the first day.
      const days = split.observations - (args.lookback_days === undefined ? 1 : 0);
      expect(total(split.by_position, 'average_weight')).toBeCloseTo(days / split.observations, 9);
    },
  );

  it('names shares by symbol, then cash, and months from the first to the last', async () => {
    const split = await analyst.ask('metrics.currency_attribution', { lookback_days: 252 });
    expect(split.by_position.map(({ symbol, currency }) => [symbol, currency])).toEqual([
      ['AAPL', 'USD'],
      ['IBM', 'USD'],
      ['MSFT', 'USD'],
      ['CAD', 'CAD'],
      ['USD', 'USD'],
    ]);
    expect(split.by_period[0]).toMatchObject({ period: '2012-02', from: split.from, to: '2012-02-29' });
    expect(split.by_period.at(-1)).toMatchObject({ period: '2013-02', from: '2013-01-31', to: split.to });
    expect(split.by_period).toHaveLength(13);
  });

  it('gives the interaction away when asked, and the total stays', async () => {
    const apart = await analyst.ask('metrics.currency_attribution', { lookback_days: 252 });
    const given = await analyst.ask('metrics.currency_attribution', {
      lookback_days: 252,
      interaction: 'currency',
    });
    expect(given).toMatchObject({ interaction: 0, convention: { interaction: 'currency' } });
    expect(given.fx_return).toBeCloseTo((apart.fx_return as number) + (apart.interaction as number), 12);
    expect(given.value).toBeCloseTo(apart.value as number, 12);
  });

  it('has one month and no weights on the day a portfolio began', async () => {
    const first = await analyst.ask('metrics.currency_attribution', {}, { day: '2007-01-03' });
    expect(first).toMatchObject({
      by_currency: [
        { currency: 'CAD', average_weight: 0 },
        { currency: 'USD', average_weight: 0 },
      ],
      by_period: [{ period: '2007-01', from: '2007-01-02', to: '2007-01-03' }],
    });
  });
});

describe('portfolio.contribution', () => {
  it.each(windows)(
    'adds up, with cash and fees, to the return that metrics.compute_twr gives: %j',
    async (args) => {
      const { positions, value, time_weighted_return, error_bps } = await analyst.ask(
        'portfolio.contribution',
        args,
      );
      const twr = await analyst.ask('metrics.compute_twr', args);
      expect(time_weighted_return).toBe(twr.value);
      expect(Math.abs(total(positions, 'contribution') - (twr.value as number))).toBeLessThan(1e-9);
      expect(value).toBeCloseTo(twr.value as number, 9);
      expect(Math.abs(error_bps as number)).toBeLessThan(1e-5);
    },
  );

  // From prices, rates, trades and dividends of the demo's own files, by another program.
  it.each([
    [{ lookback_days: 252 }, 'AAPL', -0.12920888877895564, -0.14789465255336254],
    [{ lookback_days: 252 }, 'IBM', 0.05655583998992397, 0.03388386667035892],
    [{ lookback_days: 252 }, 'MSFT', -0.06813903091162143, -0.08813525470696704],
    [{}, 'AAPL', 3.5664634107452873, 4.230012928712865],
    [{}, 'IBM', 0.9798775947014695, 1.2675721857733389],
    [{}, 'MSFT', -0.07077445225016044, 0.0642506445986799],
  ])('knows what each share returned with its dividends: %j %s', async (args, symbol, base, local) => {
    const { positions } = await analyst.ask('portfolio.contribution', args);
    const row = positions.find((one) => one.symbol === symbol);
    expect(row?.position_return).toBeCloseTo(base, 11);
    expect(row?.local_return).toBeCloseTo(local, 11);
    expect(row).toMatchObject({ kind: 'security', is_open: true, reasons: {} });
  });

  it('splits what attribution gives to a currency’s cash into cash and fees', async () => {
    const { positions } = await analyst.ask('portfolio.contribution', { lookback_days: 252 });
    const { by_position } = await analyst.ask('metrics.currency_attribution', { lookback_days: 252 });
    for (const currency of ['CAD', 'USD']) {
      const parts = positions.filter((row) => row.kind !== 'security' && row.currency === currency);
      expect(parts.map(({ kind }) => kind)).toEqual(['cash', 'fees']);
      const whole = by_position.find(({ symbol }) => symbol === currency);
      expect(total(parts, 'contribution')).toBeCloseTo(whole?.total as number, 12);
    }
  });
});

describe('portfolio.sector_allocation', () => {
  it('is the sectors of the security master by market value, with cash apart', async () => {
    const { positions } = await analyst.ask('ledger.positions');
    const valued = await analyst.ask('pricing.apply_pack', { positions });
    const { sectors, total_value, base_currency, asof_date } = await analyst.ask(
      'portfolio.sector_allocation',
      {
        positions: valued.positions,
      },
    );
    expect([total_value, base_currency, asof_date]).toEqual([valued.total_value, 'CAD', '2013-02-28']);
    expect(sectors).toMatchObject([
      { kind: 'sector', sector: 'Information Technology', symbols: ['AAPL', 'IBM', 'MSFT'] },
      { kind: 'cash', sector: null, symbols: ['CAD', 'USD'], reasons: { sector: 'NOT_APPLICABLE' } },
    ]);
    expect(total(sectors, 'weight')).toBeCloseTo(1, 12);
  });
});

const ibm = '5ec00000-0000-4000-8000-0000000001b3';
const facebook = '5ec00000-0000-4000-8000-0000000000fb';
/** By lot: what the share did, what the exchange rate did. */
const ibmGains = [
  [10511.247772107548, -1464.6596856090146],
  [6346.119704471018, -346.97816517016673],
  [395.5559296214487, 362.8144416606371],
];
const money = (amount: string | null): number => Number(amount);

describe('portfolio.position_details', () => {
  it('is what the valuation of the whole portfolio says of the position', async () => {
    const { positions } = await analyst.ask('ledger.positions');
    const valued = await analyst.ask('pricing.apply_pack', { positions });
    const row = valued.positions.find(({ security_id }) => security_id === ibm);
    const details = await analyst.ask('portfolio.position_details', { security_id: ibm });
    const shared = ['quantity', 'price', 'value', 'weight', 'unrealised_gain', 'cost_base'] as const;
    for (const member of shared) expect(details[member]).toEqual(row?.[member]);
    expect(details).toMatchObject({
      ...{
        symbol: 'IBM',
        asset_class: 'equity',
        sector: 'Information Technology',
        stale: false,
        reasons: {},
      },
      ...{ base_currency: 'CAD', currency: 'USD', asof_date: '2013-02-28' },
    });
  });

  // From the demo's ledger and rates, by another program.
  it('knows each lot, and how much of its gain the exchange rate did', async () => {
    const details = await analyst.ask('portfolio.position_details', { security_id: ibm });
    expect(
      details.lots.map(({ acquired_on, age_days, quantity }) => [acquired_on, age_days, quantity]),
    ).toEqual([
      ['2007-01-04', 2247, '100'],
      ['2010-07-06', 968, '80'],
      ['2012-10-22', 129, '60'],
    ]);
    expect(money(details.average_cost_local)).toBeCloseTo(130.71583333333333, 12);
    expect(money(details.unrealised_local_gain) + money(details.unrealised_fx_gain)).toBeCloseTo(
      money(details.unrealised_gain),
      9,
    );
    const gains = details.lots.map((lot) => [lot.unrealised_local_gain, lot.unrealised_fx_gain].map(money));
    expect(gains).toEqual(ibmGains.map((row) => row.map((gain) => expect.closeTo(gain, 8) as number)));
  });

  it('of a day before a purchase knows only the lots there were', async () => {
    const details = await analyst.ask(
      'portfolio.position_details',
      { security_id: ibm },
      { day: '2011-10-14' },
    );
    expect(details.lots.map(({ acquired_on, quantity }) => [acquired_on, quantity])).toEqual([
      ['2007-01-04', '100'],
      ['2007-07-16', '50'],
      ['2010-07-06', '80'],
    ]);
  });

  it('of a share that is not held is nothing, at today’s price', async () => {
    const details = await analyst.ask('portfolio.position_details', { security_id: facebook });
    expect(details).toMatchObject({
      ...{ quantity: '0', value: '0', weight: 0, unrealised_gain: '0', lots: [], average_cost_local: null },
      reasons: { average_cost_local: 'NOT_HELD', average_cost_base: 'NOT_HELD' },
    });
    expect(money(details.price)).toBeGreaterThan(0);
  });

  it('refuses a security that nobody knows', async () => {
    await expect(
      analyst.ask('portfolio.position_details', { security_id: '00000000-0000-4000-8000-00000000dead' }),
    ).rejects.toMatchObject({ code: 'DATA_MISSING' });
  });
});

describe('portfolio.position_performance', () => {
  const near = (value: number): number => expect.closeTo(value, 9) as number;
  const year = { lookback_days: 252 };

  // From prices, rates, ledger and dividends of the demo's own files, by another program.
  it('measures return, dividends, risk and the part of the portfolio’s risk', async () => {
    const found = await analyst.ask('portfolio.position_performance', { ...year, security_id: ibm });
    expect(found).toMatchObject({
      ...{ symbol: 'IBM', currency: 'CAD', local_currency: 'USD', held_days: 252, is_open: true },
      position_return: near(0.05655583998992397),
      local_return: near(0.03388386667035892),
      dividends_local: '645',
      volatility: near(0.16670466757055175),
      max_drawdown: near(-0.10773204860544783),
      ...{ peak: '2012-10-16', trough: '2012-11-14' },
      value_at_risk: { historical: near(-0.013981465794704101), gaussian: near(-0.016965544041270104) },
      beta: near(0.6026677459703751),
      correlation: near(0.5440589743787412),
      weight: near(0.1963818849379244),
      risk: {
        portfolio_value_at_risk: near(-0.014811559101503542),
        component_value_at_risk: near(-0.0019451664538087917),
        ...{ observations: 252, dropped: 0 },
      },
    });
    expect(money(found.dividends)).toBeCloseTo(641.6970034294077, 8);
  });

  it('says the same of return, contribution and weight as portfolio.contribution', async () => {
    const { positions } = await analyst.ask('portfolio.contribution', year);
    for (const row of positions.filter(({ kind }) => kind === 'security')) {
      const security_id = row.security_id as string;
      const found = await analyst.ask('portfolio.position_performance', { ...year, security_id });
      const shared = [
        'position_return',
        'local_return',
        'fx_return',
        'contribution',
        'average_weight',
      ] as const;
      for (const member of shared) expect(found[member]).toBe(row[member]);
    }
  });

  it('gives parts of the value at risk that add up to it, but for foreign cash', async () => {
    const { positions } = await analyst.ask('portfolio.contribution', year);
    let sum = 0;
    let whole: number | null = null;
    for (const { security_id } of positions.filter(({ kind }) => kind === 'security')) {
      const { risk } = await analyst.ask('portfolio.position_performance', { ...year, security_id });
      sum += risk.component_value_at_risk as number;
      whole = risk.portfolio_value_at_risk;
      expect(risk.share).toBeCloseTo((risk.component_value_at_risk as number) / (whole as number), 12);
    }
    // USD cash, by the other program.
    expect(sum - 0.00018857266352073464).toBeCloseTo(whole as number, 12);
  });

  it('of a share never held has no figures, and of one day no deviation', async () => {
    const none = await analyst.ask('portfolio.position_performance', { ...year, security_id: facebook });
    expect(none).toMatchObject({
      ...{ held_days: 0, is_open: false, position_return: null, weight: 0 },
      risk: { component_value_at_risk: null, portfolio_value_at_risk: near(-0.014811559101503542) },
      reasons: {
        ...{ position_return: 'NOT_HELD', beta: 'NOT_HELD', 'value_at_risk.gaussian': 'NOT_HELD' },
        'risk.component_value_at_risk': 'NOT_HELD',
      },
    });
    const day = await analyst.ask('portfolio.position_performance', { lookback_days: 1, security_id: ibm });
    expect(day).toMatchObject({
      ...{ held_days: 1, volatility: null, beta: null, observations: 1 },
      reasons: { volatility: 'TOO_FEW_OBSERVATIONS', beta: 'TOO_FEW_OBSERVATIONS' },
    });
    expect(day.position_return).not.toBeNull();
  });

  it('refuses a security that nobody knows', async () => {
    const security_id = '00000000-0000-4000-8000-00000000dead';
    await expect(analyst.ask('portfolio.position_performance', { security_id })).rejects.toMatchObject({
      code: 'DATA_MISSING',
    });
  });
});

it.each([
  ['metrics.currency_attribution', {}],
  ['portfolio.contribution', {}],
  ['portfolio.position_details', { security_id: ibm }],
  ['portfolio.position_performance', { security_id: ibm }],
] as const)('%s shows nobody the portfolio of somebody else', async (name, args) => {
  const ctx = { user_id: bob.user_id, portfolio_id: alice.portfolio_id };
  await expect(analyst.ask(name, args, { ctx })).rejects.toMatchObject({ code: 'PORTFOLIO_NOT_FOUND' });
});
