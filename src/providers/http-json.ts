/** An answer in JSON, taken only in the shape that the provider documents; members that it adds are left alone. */
import type { Static, TSchema } from '@sinclair/typebox';
import { EngineError } from '../contract/errors';
import { compileSchema } from '../validate';
import type { AskText, HttpRequest } from './http-text';

/** Reads a text as this shape. @throws EngineError SOURCE_INVALID, which names the place and never the value */
export type Shape<T> = (text: string, provider: string) => T;

export function shapeOf<S extends TSchema>(schema: S): Shape<Static<S>> {
  const problemsOf = compileSchema(schema, 'first');
  return (text, provider) => {
    const value = parse(text, provider);
    const [first] = problemsOf(value);
    if (first) throw malformed(provider, `${first.pointer || 'the whole'}: ${first.message}`);
    return value;
  };
}

/** Asks, and reads the answer as this shape. */
export async function askJson<T>(
  ask: AskText,
  request: HttpRequest,
  { shape, provider }: { shape: Shape<T>; provider: string },
): Promise<T> {
  return shape(await ask(request), provider);
}

export function malformed(provider: string, what: string): EngineError {
  return new EngineError(
    'SOURCE_INVALID',
    `The answer of ${provider} is not as documented (${what}); nothing of it is used.`,
    { provider },
  );
}

function parse(text: string, provider: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed(provider, 'no JSON');
  }
}
