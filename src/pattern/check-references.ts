/** Whether a reference can name something: context member, declared input, step and path of its result schema. */
import type { Problem } from '../contract/errors';
import { RequestContext, unreferencableContext } from '../contract/request-context';
import { inputSchema } from './inputs';
import { nearest } from './nearest';
import type { Reference } from './reference';
import type { Pattern, Step } from './schema';
import type { JsonSchema, Signatures } from './signatures';
import { schemaAt } from './types';

/** What a reference holds: its schema where known, and that its value may be missing. */
export interface CheckedReference {
  problems: Problem[];
  schema: JsonSchema | null;
  mayBeMissing: boolean;
}
export type ReferenceCheck = (reference: Reference, pointer: string) => CheckedReference;

const stepStatus: JsonSchema = {
  type: 'object',
  properties: {
    status: { type: 'string' },
    error: { anyOf: [{ type: 'object' }, { type: 'null' }] },
    attempts: { type: 'integer' },
  },
  additionalProperties: false,
};

export function referenceChecker(
  pattern: Pattern,
  signatures: Signatures,
  nameOf: (step: Step) => string,
): ReferenceCheck {
  const steps = new Map(pattern.steps.map((step) => [nameOf(step), step]));
  const inputs = pattern.inputs ?? {};
  const contextNames = Object.keys(RequestContext.properties).filter(
    (name) => !(unreferencableContext as readonly string[]).includes(name),
  );

  return (reference, pointer) => {
    const [head, ...rest] = reference.path;
    const unresolved = (message: string, suggestion?: string | null): CheckedReference => ({
      problems: [
        {
          code: 'REFERENCE_UNRESOLVED',
          pointer,
          message: `"${reference.text}": ${message}`,
          ...(suggestion ? { suggestion } : {}),
        },
      ],
      schema: null,
      mayBeMissing: false,
    });
    const meant = (names: Iterable<string>, prefix: string): string | null => {
      const guess = nearest(head ?? '', names);
      return guess === null ? null : `did you mean ${prefix}${guess}?`;
    };
    if (head === undefined) return unresolved(`name something of ${reference.root}`);
    if (reference.root === 'ctx') {
      if (contextNames.includes(head))
        return below(
          RequestContext.properties[head as keyof typeof RequestContext.properties],
          rest,
          reference,
          unresolved,
          false,
        );
      return (unreferencableContext as readonly string[]).includes(head)
        ? unresolved('it differs from run to run, so no pattern may read it')
        : unresolved(`the context has no "${head}"`, meant(contextNames, 'ctx.'));
    }
    if (reference.root === 'inputs') {
      const input = Object.hasOwn(inputs, head) ? inputs[head] : undefined;
      if (!input)
        return unresolved(`the pattern has no input "${head}"`, meant(Object.keys(inputs), 'inputs.'));
      return below(
        inputSchema(input),
        rest,
        reference,
        unresolved,
        input.required !== true && !Object.hasOwn(input, 'default'),
      );
    }
    const step = steps.get(head);
    if (!step) return unresolved(`there is no step "${head}"`, meant(steps.keys(), `${reference.root}.`));
    if (reference.root === 'steps') return below(stepStatus, rest, reference, unresolved, false);
    const signature = signatures.get(step.capability);
    const mayBeMissing = step.condition !== undefined || step.optional === true;
    return signature
      ? below(signature.result, rest, reference, unresolved, mayBeMissing)
      : { problems: [], schema: null, mayBeMissing };
  };
}

function below(
  schema: JsonSchema,
  path: string[],
  reference: Reference,
  unresolved: (message: string, suggestion?: string | null) => CheckedReference,
  mayBeMissing: boolean,
): CheckedReference {
  const found = schemaAt(schema, path);
  if ('schema' in found) return { problems: [], schema: found.schema, mayBeMissing };
  if ('unknown' in found) return { problems: [], schema: null, mayBeMissing };
  const guess = nearest(found.failedAt, found.known);
  const prefix = reference.text.slice(0, reference.text.lastIndexOf(found.failedAt));
  return unresolved(
    `there is no "${found.failedAt}" there`,
    guess === null ? null : `did you mean ${prefix}${guess}?`,
  );
}
