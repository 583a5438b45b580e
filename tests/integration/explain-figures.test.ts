/** Every figure that the analyst gives for the demo comes to the same when its explainer computes it from the evidence. */
import type { CapabilityName } from '../../src/capabilities';
import { catalogue } from '../../src/capabilities';
import { readAsUser } from '../../src/db/pool';
import { type Evidence, openEvidence } from '../../src/executor/explain/evidence';
import { parseFieldPath, valueAt } from '../../src/executor/explain/field-path';
import { figureSchema } from '../../src/executor/explain/figure-schema';
import { listFigures } from '../../src/executor/explain/figures';
import { explainers } from '../../src/executor/explain/registry';
import { isSameFigure } from '../../src/executor/explain/same-figure';
import { findPortfolio } from '../../src/db/portfolios';
import { alice, type Analyst, bob, type Owner, startAnalyst } from '../support/ask-analyst';

let analyst: Analyst;
beforeAll(async () => {
  analyst = await startAnalyst();
}, 60_000);
afterAll(() => analyst.close());

/** What an explanation of a figure needs, as it finds it in an execution. */
async function withEvidence<T>(owner: Owner, day: string, work: (evidence: Evidence) => Promise<T>): Promise<T> {
  return readAsUser(analyst.pool, owner.user_id, async (tx) => {
    const portfolio = await findPortfolio(tx, owner.portfolio_id);
    return work(
      await openEvidence(tx, {
        portfolio_id: owner.portfolio_id,
        pricing_pack_id: `PP_${day}`,
        ledger_commit_hash: portfolio?.ledger_commit_hash ?? null,
        asof_date: day,
        base_currency: portfolio?.base_currency ?? null,
      }),
    );
  });
} // prettier-ignore

interface Difference {
  field: string;
  stored: unknown;
  recomputed: unknown;
}

/** Of every figure of a result. */
async function differences(
  name: CapabilityName,
  result: object,
  args: object,
  evidence: Evidence,
  isFromLedger = true,
): Promise<{ count: number; wrong: Difference[]; sentences: string[] }> {
  const explain = explainers[name];
  if (!explain) throw new Error(`${name} has no explainer`);
  const wrong: Difference[] = [];
  const sentences: string[] = [];
  const { figures } = listFigures({ step: result }, result, { above: ['step'], all: true });
  for (const { field } of figures) {
    const path = parseFieldPath(field).slice(1);
    const value = valueAt(result, path);
    const { unit } = figureSchema(catalogue[name].result, path, value);
    const subject = { value, path, whole: result, args: { ...args }, unit, currency: null, isFromLedger };
    const told = await explain(subject, evidence);
    if (!told || !isSameFigure(told.recomputed, value, unit)) {
      wrong.push({ field, stored: value, recomputed: told ? told.recomputed : 'nothing is told' });
    } else sentences.push(...told.calculation, ...told.text);
  }
  return { count: figures.length, wrong, sentences };
} // prettier-ignore

const whoAndWhen: [string, Owner, string][] = [
  ['Alice on 2013-02-28', alice, '2013-02-28'],
  ['Alice in her first weeks', alice, '2007-02-01'],
  ['Bob, whose money is in USD', bob, '2012-06-29'],
];

const measures: [CapabilityName, object][] = [
  ['ledger.positions', {}],
  ['metrics.compute_twr', { lookback_days: 252 }],
  ['metrics.compute_mwr', { lookback_days: 500 }],
  ['metrics.compute_benchmark', { lookback_days: 252 }],
  ['metrics.compute_risk', { lookback_days: 252, risk_free: 0.01, confidence: 0.99 }],
  ['metrics.currency_attribution', { lookback_days: 120 }],
  ['metrics.currency_attribution', { lookback_days: 60, interaction: 'currency' }],
  ['portfolio.contribution', { lookback_days: 252 }],
  ['portfolio.historical_nav', { lookback_days: 40 }],
  ['ledger.transactions', { limit: 40 }],
  ['ledger.transactions', { types: ['SELL'] }],
  ['portfolio.position_details', { security_id: '5ec00000-0000-4000-8000-00000000aa91' }],
  ['portfolio.realised_gains', {}],
  ['portfolio.performance_statement', { lookback_days: 252 }],
  ['portfolio.performance_statement', {}],
];

describe.each(whoAndWhen)('%s', (_who, owner, day) => {
  it.each(measures)(
    '%s %j comes to the same from the evidence',
    async (name, args) => {
      const result = await analyst.ask(name, args, { owner, day });
      await withEvidence(owner, day, async (evidence) => {
        const { count, wrong, sentences } = await differences(name, result, args, evidence);
        expect(count).toBeGreaterThan(0);
        expect(wrong).toEqual([]);
        // What a person reads holds no number that is none, and no word of the program.
        expect(sentences.filter((text) => /NaN|Infinity|undefined|null|\[object/.test(text))).toEqual([]);
      });
    },
    60_000,
  );

  it('values every position of the ledger at the pack, and comes to the same', async () => {
    const { positions } = await analyst.ask('ledger.positions', {}, { owner, day });
    const valued = await analyst.ask('pricing.apply_pack', { positions }, { owner, day });
    await withEvidence(owner, day, async (evidence) => {
      const { count, wrong } = await differences('pricing.apply_pack', valued, {}, evidence);
      expect(count).toBeGreaterThan(10);
      expect(wrong).toEqual([]);
      const args = { positions: valued.positions };
      const sectors = await analyst.ask('portfolio.sector_allocation', args, { owner, day });
      for (const seen of [args, {}]) {
        expect(await differences('portfolio.sector_allocation', sectors, seen, evidence)).toMatchObject({
          wrong: [],
        });
      }
    });
  });
});

it('says what the pack lacks of a position that cannot be valued, and adds up the others', async () => {
  // Facebook was not traded yet.
  const { positions } = await analyst.ask('ledger.positions', {}, { day: '2012-01-31' });
  const facebook = {
    symbol: 'FB', name: 'Facebook, Inc.', asset_class: 'equity', security_id: '5ec00000-0000-4000-8000-0000000000fb',
    currency: 'USD', quantity: '10', cost_local: '380', cost_base: '381', reasons: {},
  }; // prettier-ignore
  const args = { positions: [...positions, facebook] };
  const valued = await analyst.ask('pricing.apply_pack', args, { day: '2012-01-31' });
  expect(valued.total_value).toBeNull();
  await withEvidence(alice, '2012-01-31', async (evidence) => {
    const { wrong, sentences } = await differences('pricing.apply_pack', valued, args, evidence, false);
    expect(wrong).toEqual([]);
    expect(sentences).toContain('The pack PP_2012-01-31 has no price of FB.');
    expect(sentences).toContain('FB cannot be valued on 2012-01-31, so there is no total of everything.');
  });
});
