/** Exposures under the phases of the debt cycles. */
import { cyclePhases } from '../contract/macro-names';
import { cycleMultipliers, overlayPhases } from './cycle-overlay';

const betas = { mkt_rf: 0.8, smb: -1.1, hml: null };
const phases = (short: string | null, long: string | null) => [
  { cycle: 'short_term' as const, phase: short },
  { cycle: 'long_term' as const, phase: long },
];

it('multiplies exposures by the mean of the phases’ multipliers', () => {
  const found = overlayPhases(betas, phases('DEEP_RECESSION', 'BUBBLE'));
  expect(found).toMatchObject({
    ...{ overall_multiplier: 1.6, risk_level: 'high', most_exposed_factor: 'smb' },
    ...{ amplified_factors: ['smb', 'mkt_rf'], reasons: {} },
  });
  expect(found.factors[0]?.amplified_beta).toBeCloseTo(1.28, 12);
  expect(found.factors[2]).toEqual({
    ...{ factor: 'hml', beta: null, multiplier: 1.6, amplified_beta: null, is_amplified: null },
    reasons: { beta: 'MISSING_INPUT', amplified_beta: 'MISSING_INPUT', is_amplified: 'MISSING_INPUT' },
  });
});

it('takes the cycle that is known where the other is not, and says so', () => {
  const found = overlayPhases(betas, phases('LATE_EXPANSION', null));
  // 1.2 is not above the threshold of medium.
  expect(found).toMatchObject({ overall_multiplier: 1.2, risk_level: 'normal' });
  expect(found.cycles[1]).toMatchObject({ multiplier: null, reasons: { multiplier: 'MISSING_INPUT' } });
});

it('amplifies nothing in a usual phase', () => {
  expect(overlayPhases(betas, phases('MID_EXPANSION', null))).toMatchObject({
    ...{ overall_multiplier: 1, amplified_factors: [] },
    factors: [{ is_amplified: false }, { is_amplified: false }, { is_amplified: null }],
  });
});

it('is not available without any phase', () => {
  expect(overlayPhases(betas, phases(null, null))).toMatchObject({
    ...{ overall_multiplier: null, risk_level: null, most_exposed_factor: null },
    reasons: { overall_multiplier: 'MISSING_INPUT', risk_level: 'MISSING_INPUT' },
  });
});

it('knows every phase that the cycles can be in', () => {
  for (const cycle of ['short_term', 'long_term'] as const)
    expect(Object.keys(cycleMultipliers[cycle]).sort()).toEqual([...cyclePhases[cycle]].sort());
});
