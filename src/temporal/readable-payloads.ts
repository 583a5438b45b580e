/**
 * Payloads that a worker of another project encoded in a way that nobody here can read become plain bytes. Otherwise the
 * workflow would fail where it takes the answer, again and again until its time is up; bytes its schema refuses at once.
 */
import type { Payload } from '@temporalio/common';
import { inlineBytes } from '../contract/limits';

const readable: ReadonlySet<string> = new Set(['json/plain', 'binary/plain', 'binary/null']);

export function readablePayloads(payloads: Payload[]): Payload[] {
  return payloads.map((payload) => (isReadable(payload) ? payload : toBytes(payload)));
}

/** Whether the SDK's own converter can. */
export function isReadable({ metadata, data }: Payload): boolean {
  const encoding = textOf(metadata?.['encoding']);
  if (!readable.has(encoding)) return false;
  return encoding !== 'json/plain' || isJson(data ?? new Uint8Array());
}

/** Python and others write these, which are no JSON; beyond them encoders are trusted, since parsing twice costs. */
const suspect = /NaN|Infinity/;

function isJson(data: Uint8Array): boolean {
  // Larger ones were encoded here.
  if (data.byteLength > inlineBytes) return true;
  const text = textOf(data);
  if (text !== '' && !suspect.test(text)) return true;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** In place of the payload: its bytes as they came. */
export function toBytes({ metadata, data }: Payload): Payload {
  const encoding = new TextEncoder().encode('binary/plain');
  return { metadata: { ...metadata, encoding }, data: data ?? new Uint8Array() };
}

function textOf(bytes: Uint8Array | null | undefined): string {
  return new TextDecoder().decode(bytes ?? new Uint8Array());
}
