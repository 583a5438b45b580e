/** Hedges of the demo, from the real database: in the currency of the portfolio and of the instruments, for its own scenario only. */
import { macroHound } from '../../activities/macro';
import { optimizer } from '../../activities/optimizer';
import type { CapabilityName, Catalogue, ResultOf } from '../../src/capabilities';
import { alice, type Analyst, bob, startAnalyst } from '../support/ask-analyst';

const day = '2013-02-28';
const pack_id = `PP_${day}`;
let analyst: Analyst;
beforeAll(async () => {
  analyst = await startAnalyst(undefined, [macroHound, optimizer]);
});
afterAll(() => analyst.close());

const ask = <N extends CapabilityName>(
  name: N,
  args: object,
  owner = alice,
): Promise<ResultOf<Catalogue[N]>> => analyst.ask(name, args, { day, owner });

const scenarioOf = (scenario_id: string, owner = alice) =>
  ask('macro.run_scenario', { pack_id, scenario_id }, owner);

it('sells the US dollars of shares and cash forward when the dollar falls, in both currencies', async () => {
  const scenario_result = await scenarioOf('usd_down');
  const { hedges } = await ask('optimizer.suggest_hedges', { pack_id, scenario_result });
  const [hedge] = hedges;
  expect(hedges).toHaveLength(1);
  expect(hedge).toMatchObject({ factor: 'currency', action: 'sell', examples: ['USD/CAD'], reasons: {} });
  // Shares of 156,183.20 USD fall by (1 + 0.3 × 5 % + 1.3 × 2 %)(1 − 5 %) − 1 with the market’s own 1.3 × 2 % apart; cash by 5 %.
  const shares = 156_183.2;
  const loss = shares * (0.05 - 0.015 + 0.041 * 0.05) + 43_296.63 * 0.05;
  expect(Number(hedge?.notional_usd)).toBeCloseTo(loss / 0.05, 4);
  expect(Number(hedge?.notional)).toBeCloseTo((loss / 0.05) * (1.3461 / 1.3129), 4);
});

it('refuses a scenario of another portfolio’s currency, or of another pack', async () => {
  const scenario_result = await scenarioOf('usd_down');
  const other = ask('optimizer.suggest_hedges', { pack_id: 'PP_2013-02-27', scenario_result });
  await expect(other).rejects.toMatchObject({ code: 'ARGS_INVALID' });
  const foreign = ask('optimizer.suggest_hedges', { pack_id, scenario_result }, bob);
  await expect(foreign).rejects.toThrow(/base_currency is CAD, and USD is asked about/);
  const stranger = ask('optimizer.suggest_hedges', {
    pack_id,
    scenario_result,
    portfolio_id: bob.portfolio_id,
  });
  await expect(stranger).rejects.toMatchObject({ code: 'PORTFOLIO_NOT_FOUND' });
});

it('sells 40 % of the shares in a deleveraging and buys safe assets, which helps most in a default', async () => {
  const ways = ['money_printing', 'austerity', 'default'] as const;
  const [money_printing, austerity, last] = await Promise.all(
    ways.map((way) => ask(`scenarios.deleveraging_${way}`, { pack_id, ltdc_phase: 'DEBT_CRISIS' })),
  );
  const scenarios = { money_printing, austerity, default: last };
  const result = await ask('optimizer.suggest_deleveraging_hedges', { scenarios, ltdc_phase: 'DEBT_CRISIS' });
  const shares = 156_183.2 * (1.3461 / 1.3129);
  const [reduced, added] = result.recommendations;
  expect(reduced).toMatchObject({ action: 'reduce', target: 'equity', fraction: 0.4 });
  expect(Number(reduced?.amount)).toBeCloseTo(shares * 0.4, 6);
  expect(Number(result.released)).toBeCloseTo(shares * 0.4, 6);
  // A default costs shares (1 − 0.52 − 0.045)(1 + 15 %) − 1.
  expect(Number(reduced?.effect.default)).toBeCloseTo(shares * 0.4 * (1 - 0.435 * 1.15), 6);
  expect(added?.instruments.map(({ kind }) => kind)).toEqual(['gold', 'bond.long_government', 'cash']);
  // Gold 5 × 1.5 % − 3 × 1 % − 0.5 × 15 %; long bonds 17 × 2.25 % + ½ × 380 × (2.25 %)²; both in a dearer dollar.
  const each = 251_642.552468581 * 0.1;
  const gold = (1 + 0.075 - 0.03 - 0.075) * 1.15 - 1;
  const bonds = (1 + 17 * 0.0225 + 190 * 0.0225 ** 2) * 1.15 - 1;
  expect(Number(added?.effect.default)).toBeCloseTo(each * (gold + bonds), 4);
  const mixed = { ...scenarios, austerity: { ...scenarios.austerity, base_currency: 'USD' } };
  await expect(ask('optimizer.suggest_deleveraging_hedges', { scenarios: mixed })).rejects.toThrow(
    /austerity/,
  );
});
