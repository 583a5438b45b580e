/** What the shipped patterns promise together: they are there, can be planned, and ask for no unknown right. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { shippedRights } from '../contract/shipped-rights';
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
  'portfolio_tax_report',
]; // prettier-ignore

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
