/** Examples of refusals, by code: as the demo answers them where it can be brought to it, else what the table of codes says. */
import { type ErrorCode, errorCodes } from '../contract/errors';
import recorded from './examples/problems.json';

interface Example {
  summary: string;
  value: object;
}

/** @param instance the address that is refused */
export function problemExamples(codes: readonly ErrorCode[], instance: string): Record<string, Example> {
  return Object.fromEntries(codes.map((code) => [code, exampleOf(code, instance)]));
}

function exampleOf(code: ErrorCode, instance: string): Example {
  const { status, summary, action } = errorCodes[code];
  const known: object | undefined = (recorded as Partial<Record<ErrorCode, object>>)[code];
  if (known) return { summary, value: { ...known, instance } };
  const { request_id, trace_id } = recorded.PACK_WARMING;
  const value = {
    ...{ type: `urn:dawsos:error:${code}`, title: summary, status, detail: summary, instance },
    ...{ code, action, request_id, trace_id },
  };
  return { summary, value };
}
