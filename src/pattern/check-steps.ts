/** Each step of each kind: its arguments, expressions, lists, limits, and then the steps inside it. */
import { checkArguments } from './check-arguments';
import { checkForm } from './check-declarations';
import { checkCel, checkCompute } from './check-expressions';
import { checkHandlers } from './check-handlers';
import { checkMap, checkRepeat } from './check-loops';
import { checkGroupOutputs } from './check-outputs';
import { checkSubPattern } from './check-sub-patterns';
import { findNode, openScope, visibleNames } from './check-scope';
import type { Checking } from './check-session';
import { type Site, siteOf } from './check-site';
import { checkTemplate } from './check-templates';
import { checkDuration, checkDurations } from './check-durations';
import { checkErrorCodes } from './check-error-codes';
import type { StepNode } from './check-tree';
import type { JsonSchema, Signature } from './signatures';

export function checkStep(node: StepNode, checking: Checking): void {
  if (node.isOpaque) return;
  const { step, pointer } = node;
  const site = siteOf(checking, node.scope);
  if (step.condition !== undefined)
    checkCel(step.condition, `${pointer}/condition`, 'bool', siteOf(checking, node.around));
  checkAfter(node, checking);
  checkKind(node, site);
  checkDurations(node, checking);
  checkHandlers(node, checking);
  checkUndo(node, checking);
  for (const inner of insideOf(node)) checkStep(inner, checking);
}

/** The steps directly inside, handlers included. */
export function insideOf({ steps, do: inner, handlers }: StepNode): StepNode[] {
  const caught = handlers.flatMap(({ use }) => ('node' in use ? [use.node] : []));
  return [...steps, ...(inner ? [inner] : []), ...caught];
}

function checkAfter({ step, pointer, scope }: StepNode, checking: Checking): void {
  const names = [step.after ?? []].flat();
  names.forEach((name, i) => {
    if (findNode(scope, name)) return;
    const place = Array.isArray(step.after) ? `${pointer}/after/${String(i)}` : `${pointer}/after`;
    const isInside = checking.tree.all.some((other) => other.name === name);
    const message = isInside ? `the step "${name}" is inside another and cannot be waited for from here` : `there is no step "${name}"`;
    checking.report('REFERENCE_UNRESOLVED', place, message, checking.suggest(name, visibleNames(scope)));
  });
} // prettier-ignore

function checkKind(node: StepNode, site: Site): void {
  const { step, pointer } = node;
  switch (node.kind) {
    case 'capability':
      checkCapability(node, site);
      break;
    case 'pattern':
      checkSubPattern(node, site);
      break;
    case 'steps':
      checkGroupOutputs(node, site.checking);
      break;
    case 'map':
      checkMap(node, site);
      break;
    case 'repeat':
      checkRepeat(node, site);
      break;
    case 'compute':
      checkCompute(step.compute ?? '', `${pointer}/compute`, site);
      break;
    case 'wait':
      checkWait(node, site);
      break;
    case 'approval':
      checkApproval(node, site);
      break;
    case 'assert':
      checkCel(step.assert ?? '', `${pointer}/assert`, 'bool', site);
      if (step.message !== undefined) checkTemplate(step.message, {}, `${pointer}/message`, site);
      break;
  }
}

function checkCapability({ step, pointer }: StepNode, site: Site): void {
  const { checking, report } = site;
  const signature = signatureAt(step.capability ?? '', `${pointer}/capability`, checking);
  checkArguments(step.args, signature?.args ?? null, pointer, site);
  if (step.retry?.non_retryable !== undefined)
    checkErrorCodes(step.retry.non_retryable, `${pointer}/retry/non_retryable`, signature ? signature.errors : null, checking);
  if (signature && step.cache !== undefined && (!signature.pure || signature.effect === 'write'))
    report(
      'PATTERN_INVALID',
      `${pointer}/cache`,
      `results of ${signature.capability} are never remembered, since it is not pure`,
      'leave cache out',
    );
} // prettier-ignore

/** The capability of that name, or a problem. */
function signatureAt(name: string, pointer: string, { context, report, suggest }: Checking): Signature | null {
  const signature = context.signatures.get(name);
  if (signature) return signature;
  report('CAPABILITY_UNKNOWN', pointer, `no agent answers "${name}"`, suggest(name, context.signatures.keys()));
  return null;
} // prettier-ignore

function checkUndo(node: StepNode, checking: Checking): void {
  const { step, pointer, name } = node;
  if (step.compensate === undefined) return;
  const own = step.capability === undefined ? undefined : checking.context.signatures.get(step.capability);
  const place = `${pointer}/compensate`;
  if (own && own.effect !== 'write')
    checking.report(
      'PATTERN_INVALID',
      place,
      `${own.capability} changes nothing, so there is nothing to undo`,
      'leave compensate out',
    );
  const signature = signatureAt(step.compensate.capability, `${place}/capability`, checking);
  // The undo runs when the step has run, and may name its result.
  const guards = { paths: [`state.${name ?? ''}`], parts: [] };
  const steps = new Map(name === null ? [] : [[name, node]]);
  const scope = openScope(node.scope, { steps, guards });
  checkArguments(step.compensate.args, signature?.args ?? null, place, siteOf(checking, scope));
}

const momentSchema: JsonSchema = { anyOf: [{ type: 'string' }] };

function checkWait({ step, pointer }: StepNode, site: Site): void {
  const until = step.wait?.until;
  if (until === undefined) return;
  const place = `${pointer}/wait/until`;
  if (until.includes('{{')) checkTemplate(until, momentSchema, place, site, 'skips');
  else if (!isMoment(until))
    site.report('PATTERN_INVALID', place, 'is no moment such as 2026-01-31T09:00:00Z, and no reference');
}

function isMoment(text: string): boolean {
  const [, day = ''] =
    /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2}))?$/.exec(text) ?? [];
  if (day === '' || Number.isNaN(Date.parse(text))) return false;
  // A day that the calendar does not have comes back as another one.
  return new Date(Date.parse(day)).toISOString().startsWith(day);
}

function checkApproval({ step, pointer }: StepNode, site: Site): void {
  const { approval } = step;
  if (!approval) return;
  const place = `${pointer}/approval`;
  checkTemplate(approval.title, {}, `${place}/title`, site);
  if (approval.form !== undefined) checkForm(approval.form, `${place}/form`, site.checking);
  if (approval.timeout !== undefined) checkDuration(approval.timeout, `${place}/timeout`, site.checking);
  if (approval.not_starter === true && approval.rights === undefined)
    site.report(
      'PATTERN_INVALID',
      `${place}/not_starter`,
      'whoever is not the starter needs a right by which to be asked',
      'add rights',
    );
}
