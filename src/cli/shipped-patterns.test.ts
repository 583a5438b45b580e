/** What the shipped patterns promise together: they are there, can be planned, ask for no unknown right, are tested, and are short. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { PlanExplanation } from '../contract/plan-explanation';
import { shippedRights } from '../contract/shipped-rights';
import type { PatternTest } from '../pattern/tests-schema';
import { planOffline } from './offline-plan';

const folder = path.resolve(__dirname, '../../patterns');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.json') && file.includes(path.sep))
  .sort();

/** Others may be beside them. */
const expected = [
  'buffett_checklist', 'corporate_actions_upcoming', 'cycle_deleveraging_scenarios', 'export_portfolio_report',
  'holding_deep_dive', 'macro_cycles_overview', 'macro_trend_monitor', 'news_impact_analysis', 'policy_rebalance',
  'portfolio_cycle_risk', 'portfolio_macro_overview', 'portfolio_overview', 'portfolio_scenario_analysis',
  'portfolio_tax_report', 'tax_harvesting_opportunities',
]; // prettier-ignore

const sources = files.map(
  (file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as { id: string; tests: PatternTest[] },
);
const plans = new Map(
  files.map((file) => [
    path.basename(file, '.json'),
    planOffline(path.join(folder, file), [], 'interactive'),
  ]),
);

it('are all there, and each file is named for its pattern', () => {
  expect([...plans.keys()]).toEqual(expect.arrayContaining(expected));
  for (const [name, { pattern }] of plans) expect(pattern.id).toBe(name);
});

it('ask for rights that are listed', () => {
  const asked = [...plans.values()].flatMap(({ rights }) => rights);
  expect(Object.keys(shippedRights)).toEqual(expect.arrayContaining(asked));
});

it('bring at least two tests each, one of them of a gap, a condition or a failure', () => {
  const isOfTrouble = ({ expect: expected }: PatternTest): boolean =>
    ['failed', 'timed_out'].includes(expected.status ?? '') ||
    Object.values(expected.steps ?? {}).some((status) => status === 'skipped' || status === 'degraded') ||
    JSON.stringify(expected).includes('null');
  for (const { id, tests } of sources) {
    expect([id, tests.length >= 2, tests.some(isOfTrouble)]).toEqual([id, true, true]);
  }
}); // prettier-ignore

it('take no more than 40 stages one after another, all fifteen together', () => {
  const stages = [...plans].filter(([name]) => expected.includes(name)).map(([name, plan]) => [name, stagesOf(plan)] as const);
  expect(stages).toHaveLength(expected.length);
  const sum = stages.reduce((total, [, count]) => total + count, 0);
  expect({ sum, isFew: sum <= 40, stages: Object.fromEntries(stages) }).toMatchObject({ isFew: true });
}); // prettier-ignore

/** Steps of the critical path that do something: a group or a map takes as long as what is in it. */
function stagesOf({ critical_path, steps }: PlanExplanation): number {
  const containers = new Set(steps.map(({ within }) => within));
  return critical_path.filter((step) => !containers.has(step)).length;
}
