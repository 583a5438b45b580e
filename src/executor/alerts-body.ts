/** Bodies that create or change an alert, checked so that each problem has its place: a condition by the form it claims. */
import { Type } from '@sinclair/typebox';
import { AlertChange, AlertDraft } from '../contract/alert';
import { type AlertCondition, alertTypes, conditionForms } from '../contract/alert-condition';
import type { Problem } from '../contract/errors';
import { compileSchema, type Validate } from '../validate';
import { withMeant } from './meant';
import { refuseProblems } from './request-checks';

type FormName = keyof typeof conditionForms;

const members = Object.keys(AlertDraft.properties);
const changes = Object.keys(AlertChange.properties);
/** The union of all forms would tell of each form why it does not fit. */
const draftProblems = compileSchema({
  ...AlertDraft,
  properties: { ...AlertDraft.properties, condition: Type.Unknown() },
});
const changeProblems = compileSchema({
  ...AlertChange,
  properties: { ...AlertChange.properties, condition: Type.Unknown() },
});
const forms = Object.fromEntries(
  Object.entries(conditionForms).map(([name, schema]) => [
    name,
    { check: compileSchema(schema), members: Object.keys(schema.properties) },
  ]),
) as Record<FormName, { check: Validate; members: string[] }>;

/** @throws EngineError REQUEST_INVALID with every problem at once */
export function requireDraft(body: unknown): AlertDraft {
  refuseAny([...withMeant(draftProblems(body), '', members), ...conditionOf(body)]);
  return body as AlertDraft;
}

/** @throws EngineError REQUEST_INVALID with every problem at once */
export function requireChange(body: unknown): AlertChange {
  refuseAny([...withMeant(changeProblems(body), '', changes), ...conditionOf(body)]);
  return body as AlertChange;
}

function refuseAny(problems: Problem[]): void {
  if (problems.length > 0) refuseProblems(problems);
}

function conditionOf(body: unknown): Problem[] {
  const isObject = typeof body === 'object' && body !== null;
  if (!isObject || !Object.hasOwn(body, 'condition')) return [];
  return conditionProblems((body as { condition: unknown }).condition);
}

function conditionProblems(condition: unknown): Problem[] {
  const at = '/condition';
  if (typeof condition !== 'object' || condition === null || Array.isArray(condition))
    return [problem(at, 'must be object')];
  const { type, metric, measure } = condition as Partial<Record<'type' | 'metric' | 'measure', unknown>>;
  const isType = (alertTypes as readonly unknown[]).includes(type);
  if (!isType) return [problem(`${at}/type`, `must be one of ${JSON.stringify(alertTypes)}`)];
  if (type === 'macro' && measure !== 'level' && measure !== 'change')
    return [problem(`${at}/measure`, 'must be one of ["level","change"]')];
  const name = formOf(type as AlertCondition['type'], metric, measure);
  const found = forms[name].check(condition);
  return withMeant(
    found.map((one) => ({ ...one, pointer: `${at}${one.pointer}` })),
    at,
    forms[name].members,
  );
}

function formOf(type: AlertCondition['type'], metric: unknown, measure: unknown): FormName {
  if (type === 'macro') return measure === 'change' ? 'macro/change' : 'macro/level';
  if (type === 'metric') return metric === 'value' ? 'metric/value' : 'metric';
  return type;
}

function problem(pointer: string, message: string): Problem {
  return { code: 'REQUEST_INVALID', pointer, message };
}
