/** Puts an explanation together: what the contract and the trace say of a figure, and what its explainer finds in the evidence. */
import type { Pool } from 'pg';
import type { Explanation } from '../../contract/explanation';
import type { LineageStep } from '../../contract/lineage';
import type { Trace } from '../../contract/trace';
import type { ExecutionRow } from '../../db/executions';
import { readAsUser } from '../../db/pool';
import type { Capability } from '../../capabilities';
import { lineageOf } from '../../pattern/lineage';
import type { Plan } from '../../pattern/plan';
import type { Capabilities } from '../capabilities';
import { type Evidence, type EvidenceContext, openEvidence } from './evidence';
import type { Subject, Told } from './explainer';
import { formatFieldPath } from './field-path';
import { figureSchema } from './figure-schema';
import { toInputs } from './inputs';
import { locate, type Located } from './locate';
import { missingFigure } from './missing-figure';
import { paragraphsOf } from './paragraphs';
import { explainers } from './registry';
import { isSameFigure } from './same-figure';
import { surroundingsOf, unitInRow } from './surroundings';

export interface ExplainRequest {
  row: ExecutionRow & { trace: Trace };
  plan: Plan;
  segments: readonly string[];
  value: unknown;
  /** Lists in full. */
  all: boolean;
}

/** Whose positions are the ledger's, with lots to tell of. */
const readLedger: readonly string[] = ['ledger.positions', 'portfolio.get_valued_positions'];

/** @throws EngineError LINEAGE_UNAVAILABLE, PACK_NOT_FOUND */
export async function explainFigure(
  { pool, capabilities }: { pool: Pool; capabilities: Capabilities },
  request: ExplainRequest,
): Promise<Explanation> {
  const { row, plan, segments } = request;
  const data = row.data ?? {};
  const located = locate({ plan, trace: row.trace, data }, segments);
  const capability = capabilityOf(located, capabilities);
  const steps = stepsOf(request);
  return readAsUser(pool, row.user_id, async (tx) => {
    const evidence = await openEvidence(tx, contextOf(row, located));
    return assemble(request, { located, capability, steps, evidence });
  });
}

interface Found {
  located: Located | null;
  capability: Capability | undefined;
  steps: LineageStep[];
  evidence: Evidence;
}

async function assemble(
  { row, plan, segments, value, all }: ExplainRequest,
  { located, capability, steps, evidence }: Found,
): Promise<Explanation> {
  const path = located?.path ?? [];
  const [whole, within] = located?.whole === undefined ? [row.data ?? {}, segments] : [located.whole, path];
  const described = figureSchema(capability?.result, path, value);
  const { meaning } = described;
  const unit = unitInRow(described.unit, whole, within);
  const around = surroundingsOf(whole, within, { unit, base: evidence.base || null });
  const subject: Subject = {
    value,
    path,
    whole: located?.whole,
    args: argsOf(located),
    unit,
    currency: around.currency,
    isFromLedger: steps.some((step) => readLedger.includes(step.capability ?? '')),
  };
  const told = capability ? await tell(capability.name, subject, evidence) : null;
  const { id, date, sha256, superseded_by } = evidence.pack;
  const facts = {
    execution_id: row.id,
    field: formatFieldPath(segments),
    value,
    unit,
    currency: around.currency,
    meaning,
    step: stepOf(located, capability, plan),
    period: around.period,
    convention: around.convention,
    pack: { id, date, sha256, superseded_by },
    ledger_commit_hash: evidence.context.ledger_commit_hash,
    not_available: value === null ? missingFigure(around.reason, located?.line) : null,
    recomputed: told && { value: told.recomputed, equal: isSameFigure(told.recomputed, value, unit) },
  };
  const own = told?.text ?? byArguments(located, capability, steps);
  return {
    ...facts,
    inputs: toInputs(told?.inputs ?? {}, { args: located?.line.args, all }),
    calculation: told?.calculation ?? (located?.expression ? [located.expression] : []),
    steps,
    text: paragraphsOf(facts, own, {
      portfolio: evidence.portfolio_name,
      pattern: row.pattern.id,
      row: around.row,
    }),
  };
}

async function tell(capability: string, subject: Subject, evidence: Evidence): Promise<Told | null> {
  const explainer = Object.hasOwn(explainers, capability) ? explainers[capability] : undefined;
  return explainer ? explainer(subject, evidence) : null;
}

function stepsOf({ row, plan, segments }: ExplainRequest): LineageStep[] {
  // Lineage parts a path at its dots, so what stands below a name with a dot is told of as that which holds it.
  const dotted = segments.findIndex((segment) => segment.includes('.'));
  const field = (dotted < 1 ? segments : segments.slice(0, dotted)).join('.');
  const { trace, data, inputs } = row;
  return lineageOf({ field, plan, trace, data: data ?? {}, inputs }).steps;
}

function capabilityOf(located: Located | null, { catalogue, aliases }: Capabilities): Capability | undefined {
  const name = located?.line.capability ?? '';
  const real = aliases.find((alias) => alias.name === name)?.alias_of ?? name;
  return Object.hasOwn(catalogue, real) ? catalogue[real] : undefined;
}

/** What the call was about, which may be another pack than the execution's own. */
function contextOf(row: ExecutionRow, located: Located | null): EvidenceContext {
  const { pack_id, portfolio_id } = argsOf(located);
  return {
    portfolio_id: typeof portfolio_id === 'string' ? portfolio_id : row.portfolio_id,
    pricing_pack_id: typeof pack_id === 'string' ? pack_id : row.pricing_pack_id,
    ledger_commit_hash: row.ledger_commit_hash,
    asof_date: row.asof_date,
    base_currency: row.ctx?.base_currency ?? null,
  };
}

function argsOf(located: Located | null): Record<string, unknown> {
  const args = located?.line.args;
  return typeof args === 'object' && args !== null && !Array.isArray(args) ? (args as Record<string, unknown>) : {};
} // prettier-ignore

function stepOf(
  located: Located | null,
  capability: Capability | undefined,
  { pattern }: Plan,
): Explanation['step'] {
  if (!located) return null;
  const { path, agent, version } = located.line;
  return {
    path,
    capability: located.line.capability,
    agent,
    version: version ?? null,
    summary: capability?.summary ?? null,
    pattern: { id: pattern.id, version: pattern.version },
  };
}

/** What can be said without an explainer. */
function byArguments(
  located: Located | null,
  capability: Capability | undefined,
  steps: readonly LineageStep[],
): string[] {
  if (!located) return ['It is written in the pattern, or was given as an input.'];
  const before = steps.filter(({ path }) => path !== located.line.path).map(({ path }) => path);
  const from = before.length === 0 ? '' : ` They come from ${before.join(', ')}.`;
  if (located.expression !== null)
    return [`The pattern computes it in the step ${located.line.path}: ${located.expression}.${from}`];
  if (!capability) return [`The step ${located.line.path} put it together from what fed it.${from}`];
  return [
    `${capability.summary} Its inputs are the arguments of the call: ${Object.keys(argsOf(located)).join(', ') || 'too large for the trace'}.${from}`,
  ];
}
