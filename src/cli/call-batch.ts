/** `dawsos call --batch`: calls by the line, answers by the line in the same order. */
import { createInterface } from 'node:readline/promises';
import type { Readable, Writable } from 'node:stream';
import { once } from 'node:events';
import { EngineError } from '../contract/errors';
import { NeedsService } from '../testing/world';
import type { PureCaller } from './pure-caller';

/**
 * Each line of `input` is `{"capability","args"}`, each of `output` `{"result"}` or `{"error":{"code","detail"}}`. An empty
 * line is none.
 * @returns how many calls failed
 */
export async function callBatch(call: PureCaller, input: Readable, output: Writable): Promise<number> {
  let failed = 0;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue;
    const answer = await answerLine(call, line);
    if ('error' in answer) failed += 1;
    if (!output.write(`${JSON.stringify(answer)}\n`)) await once(output, 'drain');
  }
  return failed;
}

type Answer = { result: unknown } | { error: { code: string; detail: string } };

async function answerLine(call: PureCaller, line: string): Promise<Answer> {
  try {
    const { capability, args = {} } = parse(line);
    return { result: await call(capability, args) };
  } catch (error) {
    return { error: problemOf(error) };
  }
}

function parse(line: string): { capability: string; args?: unknown } {
  let request: unknown;
  try {
    request = JSON.parse(line);
  } catch {
    throw new EngineError('REQUEST_INVALID', 'The line is not JSON.');
  }
  const { capability } = (request ?? {}) as { capability?: unknown };
  if (typeof capability === 'string') return request as { capability: string };
  throw new EngineError('REQUEST_INVALID', 'The line has to be {"capability": …, "args": …}.');
}

/** One line's failure is no other line's. */
function problemOf(error: unknown): { code: string; detail: string } {
  if (error instanceof EngineError) return { code: error.code, detail: error.message };
  if (error instanceof NeedsService)
    return {
      code: 'DATABASE_UNAVAILABLE',
      detail: `The capability needs ${error.message}, which --batch does not give.`,
    };
  return { code: 'INTERNAL', detail: error instanceof Error ? error.message : String(error) };
}
