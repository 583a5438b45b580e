/** What a pattern or group gives: names of steps, templates, one reference, or the panels of older files; and what panels show. */
import { EngineError } from '../contract/errors';
import { escapePointer } from '../validate';
import { holdsUnreadableName } from './check-misnamed';
import { checkReference } from './check-references';
import { isPanelsForm } from './check-schemas';
import type { CheckScope } from './check-scope';
import { visibleNames } from './check-scope';
import type { Checking } from './check-session';
import { siteOf } from './check-site';
import { checkTemplate } from './check-templates';
import type { StepNode } from './check-tree';
import { parseReference, wholeReference } from './reference';
import type { Pattern } from './schema';

export function checkOutputs(checking: Checking): void {
  const { outputs } = checking.pattern as { outputs?: Pattern['outputs'] };
  if (outputs === undefined) return;
  if (isPanelsForm(outputs)) checkPanelsForm((outputs as { panels: unknown[] }).panels, checking);
  else checkNamed(outputs, '/outputs', checking.tree.root, checking);
}

export function checkGroupOutputs({ step, pointer, inner }: StepNode, checking: Checking): void {
  const { outputs } = step;
  const place = `${pointer}/outputs`;
  if (typeof outputs === 'string') checkSingle(outputs, place, inner, checking);
  else if (outputs !== undefined) checkNamed(outputs, place, inner, checking);
}

function checkSingle(text: string, pointer: string, scope: CheckScope, checking: Checking): void {
  const isReference = /^\s*\{\{[^{}]*\}\}\s*$/.test(text);
  if (isReference) checkTemplate(text, {}, pointer, siteOf(checking, scope), 'fine');
  else notPlain(text, pointer, scope, checking);
}

function checkNamed(
  outputs: readonly string[] | Record<string, unknown>,
  pointer: string,
  scope: CheckScope,
  checking: Checking,
): void {
  if (Array.isArray(outputs)) {
    outputs.forEach((name: string, i) => {
      const reference = { root: 'state' as const, path: [name], text: `state.${name}` };
      checkReference(reference, `${pointer}/${String(i)}`, scope, checking);
    });
    return;
  }
  for (const [name, template] of Object.entries(outputs)) {
    if (checking.isFull()) return;
    const place = `${pointer}/${escapePointer(name)}`;
    if (typeof template === 'string' && !template.includes('{{')) notPlain(template, place, scope, checking);
    else checkTemplate(template, {}, place, siteOf(checking, scope), 'fine');
  }
}

function notPlain(text: string, pointer: string, scope: CheckScope, checking: Checking): void {
  const [head = ''] = text.replace(/^state\./, '').split('.');
  const isKnown = visibleNames(scope).includes(head);
  const path = text.startsWith('state.') || !isKnown ? text : `state.${text}`;
  const suggestion = /^[\w.-]{1,100}$/.test(text) ? `write "{{${path}}}"` : undefined;
  checking.report('PATTERN_INVALID', pointer, 'a plain text is no output', suggestion);
}

/** Entries that are texts are ids of panels. */
function checkPanelsForm(entries: unknown[], checking: Checking): void {
  const { pattern, report } = checking;
  const ids = (pattern.display?.panels ?? []).map(({ id }) => id);
  if (ids.length === 0 && !checking.bad.has('/display/panels'))
    report('PATTERN_INVALID', '/outputs/panels', 'the pattern has no display.panels whose sources could be outputs');
  entries.forEach((entry, i) => {
    if (typeof entry !== 'string' || ids.includes(entry) || ids.length === 0) return;
    report('PATTERN_INVALID', `/outputs/panels/${String(i)}`, `there is no panel "${entry}"`, checking.suggest(entry, ids));
  });
} // prettier-ignore

export function checkPanels(checking: Checking): void {
  const ids = new Set<string>();
  (checking.pattern.display?.panels ?? []).forEach(({ id, source }, i) => {
    const pointer = `/display/panels/${String(i)}`;
    if (ids.has(id)) checking.report('PATTERN_INVALID', `${pointer}/id`, `two panels are named "${id}"`);
    ids.add(id);
    checkSource(source, `${pointer}/source`, checking);
  });
}

function checkSource(source: string, pointer: string, checking: Checking): void {
  try {
    if (/[{}]/.test(source)) {
      const inner = wholeReference(source)?.text;
      const suggestion = inner === undefined ? undefined : `write "${inner}"`;
      checking.report('PATTERN_INVALID', pointer, 'a source is the path alone, without braces', suggestion);
      return;
    }
    checkReference(parseReference(source), pointer, checking.tree.root, checking);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    if (holdsUnreadableName(source, checking)) return;
    checking.report('REFERENCE_UNRESOLVED', pointer, error.message);
  }
}
