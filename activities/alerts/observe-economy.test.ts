/** The change of an indicator between two packs whose readings are given. */
import { evaluateCondition } from '../../src/services/alert-evaluation';
import type { AlertCondition } from '../../src/contract/alert-condition';
import { observeChange } from './observe-economy';
import type { World } from './world';

it('is exact: from 8 to 7.9 is a change of −0.1, which is at or below −0.1', async () => {
  const values: Record<string, number> = { PP_now: 7.9, PP_before: 8 };
  const world = {
    ctx: { asof_date: '2013-02-28', pricing_pack_id: 'PP_now' },
    packBefore: async () => ({ id: 'PP_before', date: '2013-01-31' }),
    ask: async (_contract: unknown, { pack_id }: { pack_id: string }) => ({
      indicators: [{ name: 'Unemployment rate', value: values[pack_id], unit: 'percent', reasons: {} }],
    }),
  } as unknown as World;
  const condition: AlertCondition = {
    ...({ type: 'macro', measure: 'change', indicator: 'UNRATE', over_days: 28 } as const),
    ...({ op: '<=', threshold: -0.1, unit: 'percentage_points' } as const),
  };
  const observed = await observeChange('UNRATE', 28, world);
  expect(observed.value).toBe(-0.1);
  expect(evaluateCondition(condition, observed).outcome).toBe('fires');
});
