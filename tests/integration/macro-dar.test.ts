/** Drawdown at risk of the demo, from the real database: against an own bootstrap in another program, and against the past. */
import { type Economist, startEconomist } from '../support/ask-macro';

let economist: Economist;
beforeAll(async () => {
  economist = await startEconomist();
});
afterAll(() => economist.close());

const day = '2013-02-28';

it('is a fall that one path in twenty exceeds, of 5,000 that are drawn from the portfolio’s own days', async () => {
  const result = await economist.ask('macro.compute_dar', day);
  expect(result).toMatchObject({
    from: '2007-01-02',
    to: day,
    observations: 1550,
    sample_days: 1550,
    currency: 'CAD',
    value: '251642.552468581',
    confidence: 0.95,
    horizon_days: 21,
    regime: null,
    convention: { paths: 5000, mean_block_days: 12, least_days: 252 },
    reasons: { regime: 'NOT_APPLICABLE' },
  });
  // Of another program, with other random numbers and 200,000 paths.
  expect(result.drawdown_at_risk).toBeCloseTo(0.079, 2);
  expect(result.conditional_drawdown_at_risk).toBeCloseTo(0.097, 2);
  expect(result.median_drawdown).toBeCloseTo(0.031, 2);
  expect(Number(result.amount)).toBeCloseTo(251642.552468581 * (result.drawdown_at_risk as number), 6);
});

it('was exceeded in 3 of 61 months of the past, as a figure of 95 % should be', async () => {
  const { calibration } = await economist.ask('macro.compute_dar', day);
  expect(calibration).toMatchObject({ windows: 61, exceeded: 3, expected_rate: 0.05, reasons: {} });
  expect(calibration.hit_rate).toBeCloseTo(3 / 61, 12);
});

it('is the same when it is asked again, and another at another pack', async () => {
  const first = await economist.ask('macro.compute_dar', day);
  expect(await economist.ask('macro.compute_dar', day)).toEqual(first);
  const earlier = await economist.ask('macro.compute_dar', '2013-02-27');
  expect(earlier.convention.seed).not.toBe(first.convention.seed);
  expect(earlier.drawdown_at_risk).toBeCloseTo(first.drawdown_at_risk as number, 2);
});

it('draws from the days of one regime alone where there are enough of them', async () => {
  const crisis = await economist.ask('macro.compute_dar', day, { regime: 'DEEP_CONTRACTION' });
  const calm = await economist.ask('macro.compute_dar', day, { regime: 'MID_EXPANSION' });
  expect(crisis).toMatchObject({ regime: 'DEEP_CONTRACTION', reasons: {} });
  expect(crisis.sample_days + calm.sample_days).toBeLessThan(1550);
  expect(crisis.drawdown_at_risk).toBeGreaterThan(calm.drawdown_at_risk as number);
});

it('is not available with fewer than 252 days, of the portfolio or of a regime', async () => {
  const missing = {
    drawdown_at_risk: null,
    conditional_drawdown_at_risk: null,
    median_drawdown: null,
    amount: null,
    reasons: { drawdown_at_risk: 'TOO_FEW_OBSERVATIONS', amount: 'TOO_FEW_OBSERVATIONS' },
  };
  const young = await economist.ask('macro.compute_dar', '2007-06-01');
  expect(young).toMatchObject({
    ...missing,
    sample_days: 104,
    value: '60599.6954339089',
    calibration: { windows: 0, hit_rate: null, reasons: { hit_rate: 'TOO_FEW_OBSERVATIONS' } },
  });
  const rare = await economist.ask('macro.compute_dar', day, { regime: 'EARLY_EXPANSION' });
  expect(rare).toMatchObject(missing);
  expect(rare.sample_days).toBeLessThan(252);
});

it('takes phases for the multiplier that the overlay of the cycles has for them', async () => {
  const ask = (args: object) => economist.ask('macro.compute_dar', day, args);
  // The short cycle's 2 and the long one's 1.5 make 1.75; of one phase alone it is that one's.
  const phases = { short_term: 'DEEP_RECESSION', long_term: 'TOP' };
  const stretched = await ask({ cycle_phases: phases });
  expect(stretched).toEqual(await ask({ cycle_multiplier: 1.75 }));
  expect(stretched.drawdown_at_risk).toBeGreaterThan((await ask({})).drawdown_at_risk as number);
  const short = await ask({ cycle_phases: { ...phases, long_term: null } });
  expect(short.cycle_multiplier).toBe(2);
});

it('refuses phases of which none is known, and phases beside a multiplier', async () => {
  const ask = (args: object) => economist.ask('macro.compute_dar', day, args);
  const none = { short_term: null, long_term: null };
  await expect(ask({ cycle_phases: none })).rejects.toMatchObject({ code: 'ARGS_INVALID' });
  const both = { cycle_phases: { ...none, long_term: 'TOP' }, cycle_multiplier: 1 };
  await expect(ask(both)).rejects.toMatchObject({ code: 'ARGS_INVALID' });
});
