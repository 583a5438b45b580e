/** The schemas of what templates and expressions give, as far as they are known. Reports nothing. */
import { lookUp } from './check-references';
import type { CheckScope, Typed } from './check-scope';
import { type Checking, sizeOf } from './check-session';
import { checkExpression } from './expression-types';
import { union } from './expression-types-schemas';
import { parseReference, type Reference, referencesIn, wholeReference } from './reference';
import type { Pattern } from './schema';
import type { JsonSchema } from './signatures';

/** A schema put together from others may grow with every step; of one that is larger nothing is said. */
const maximumSize = 2000;
export function bounded(schema: JsonSchema): JsonSchema {
  return sizeOf(schema, maximumSize) > maximumSize ? {} : schema;
}

/** The reference that a template consists of, or `null`. */
export function referenceIn(template: unknown): Reference | null {
  if (typeof template !== 'string') return null;
  try {
    return wholeReference(template);
  } catch {
    return null;
  }
}

/** A value that may be missing is `null` where it stands for something. */
export function orNull({ schema, missing }: Typed): JsonSchema {
  return missing.length === 0 ? schema : union([schema, { type: 'null' }]);
}

export function schemaOfCompute(compute: string | Record<string, string>, scope: CheckScope, checking: Checking): JsonSchema {
  const schemaOf = (source: string): JsonSchema =>
    checkExpression(source, (reference) => typeInExpression(reference, scope, checking), 'any').schema ?? {};
  if (typeof compute === 'string') return schemaOf(compute);
  return closed(Object.fromEntries(Object.entries(compute).map(([name, source]) => [name, schemaOf(source)])));
} // prettier-ignore

/** As `checkExpression` asks for it: `undefined` for a wrong reference, `null` when nothing is known. */
export function typeInExpression(
  reference: Reference,
  scope: CheckScope,
  checking: Checking,
): JsonSchema | null | undefined {
  const found = lookUp(reference, scope, checking);
  if (found.wrong) return undefined;
  checking.fuel.left -= sizeOf(found.schema, maximumSize);
  const isKnown = Object.keys(found.schema).length > 0 && checking.fuel.left > 0;
  return isKnown ? orNull(found) : null;
}

/** What a list of names or a map of templates gives; an output whose value is missing is `null`. */
export function schemaOfOutputs(
  outputs: readonly string[] | Record<string, unknown>,
  scope: CheckScope,
  checking: Checking,
): JsonSchema {
  const templates = Array.isArray(outputs)
    ? Object.fromEntries(outputs.map((name) => [name as string, `{{state.${String(name)}}}`]))
    : (outputs as Record<string, unknown>);
  const members = Object.entries(templates).map(([name, template]) => [
    name,
    schemaOfTemplate(template, scope, checking),
  ]);
  return bounded(closed(Object.fromEntries(members) as Record<string, JsonSchema>));
}

export function closed(properties: Record<string, JsonSchema>): JsonSchema {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}

/** What a filled template is; a missing value in it is `null`. */
export function schemaOfTemplate(template: unknown, scope: CheckScope, checking: Checking): JsonSchema {
  if (typeof template === 'string') return schemaOfText(template, scope, checking);
  if (Array.isArray(template)) {
    const items = template.slice(0, 50).map((item) => schemaOfTemplate(item, scope, checking));
    return { type: 'array', items: template.length > 50 ? {} : bounded(union(items)) };
  }
  if (template !== null && typeof template === 'object') {
    const members = Object.entries(template).map(([key, member]) => [key, schemaOfTemplate(member, scope, checking)]);
    return bounded(closed(Object.fromEntries(members) as Record<string, JsonSchema>));
  }
  return { type: template === null ? 'null' : typeof template, const: template };
} // prettier-ignore

function schemaOfText(text: string, scope: CheckScope, checking: Checking): JsonSchema {
  const whole = referenceIn(text);
  if (whole) return orNull(lookUp(whole, scope, checking));
  try {
    return referencesIn(text).length === 0 ? { type: 'string', const: text } : { type: 'string' };
  } catch {
    return { type: 'string' };
  }
}

/** What a pattern gives to the step that runs it. Older files name no outputs but their panels. */
export function outputsOfPattern(pattern: Pattern, checking: Checking): JsonSchema {
  const { outputs } = pattern as { outputs?: Pattern['outputs'] };
  if (outputs === undefined) return {};
  if (!isPanelsForm(outputs)) return schemaOfOutputs(outputs, checking.tree.root, checking);
  const panels = (pattern.display?.panels ?? []).map(({ id, source }): [string, JsonSchema] => {
    try {
      return [id, orNull(lookUp(parseReference(source), checking.tree.root, checking))];
    } catch {
      return [id, {}];
    }
  });
  return closed(Object.fromEntries(panels));
}

/** `{ "panels": [...] }`, which is not an output that happens to be named so: that would be a template. */
export function isPanelsForm(outputs: Pattern['outputs']): boolean {
  return !Array.isArray(outputs) && Object.keys(outputs).length === 1 && Array.isArray(outputs['panels']);
}
