/** The calls that a test expects: how many, with which arguments, in which order. Every attempt is a call. */
import type { Signatures } from '../pattern/signatures';
import type { Expectation } from '../pattern/tests-schema';
import type { Observed } from './expectations';
import { contains, projection } from './mocks';
import type { Mishap } from './result';
import { same } from './values';

export function compareCalls(
  { calls = {} }: Expectation,
  observed: Observed,
  signatures: Signatures,
): Mishap[] {
  return Object.entries(calls).flatMap(([name, expected]) => {
    const at = `expect.calls.${name}`;
    const signature = signatures.get(name);
    if (!signature) return [{ at, message: `there is no capability "${name}"` }];
    const made = observed.calls
      .filter(({ capability }) => capability === signature.capability)
      .map(({ args }) => args);
    if (typeof expected === 'number') {
      if (expected === made.length) return [];
      return [{ at, message: 'called as often as this', expected, received: made.length }];
    }
    const fits = expected.length === made.length && expected.every((part, i) => contains(made[i], part));
    if (fits) return [];
    const received = made.map((args, i) => (i < expected.length ? projection(args, expected[i]) : args));
    return [{ at, message: 'called with other arguments', expected, received }];
  });
}

/** Of the calls only those to capabilities that the list names. */
export function compareCallOrder(
  { call_order }: Expectation,
  observed: Observed,
  signatures: Signatures,
): Mishap[] {
  if (call_order === undefined) return [];
  const at = 'expect.call_order';
  const unknown = call_order.find((name) => !signatures.has(name));
  if (unknown !== undefined) return [{ at, message: `there is no capability "${unknown}"` }];
  const expected = call_order.map((name) => signatures.get(name)?.capability ?? name);
  const received = observed.calls
    .map(({ capability }) => capability)
    .filter((capability) => expected.includes(capability));
  return same(expected, received) ? [] : [{ at, message: 'called in another order', expected, received }];
}
