/** A history as it came from the server, with the values that it holds only the hashes of, and nothing that cannot be read. */
import type { Payload, PayloadCodec } from '@temporalio/common';
import type { temporal } from '@temporalio/proto';
import { isClaim } from './claim-codec';
import { isReadable, toBytes } from './readable-payloads';

type History = temporal.api.history.v1.IHistory;

/**
 * Puts every claimed value of the history in its place, in the history given; what the workflow saw as bytes is bytes here. Needed by whoever reads a history's events
 * itself; the SDK's own replay decodes with the worker's data converter.
 * @throws EngineError DATA_MISSING when a value is gone
 */
export async function decodeHistory(history: History, codec: PayloadCodec): Promise<History> {
  const claims: Payload[] = [];
  collect(history.events, claims);
  const values = claims.length === 0 ? [] : await codec.decode(claims);
  claims.forEach((claim, index) => {
    Object.assign(claim, values[index]);
  });
  return history;
}

/** Payloads stand in dozens of places of an event, and new kinds of events come: so by shape, wherever they are. */
function collect(value: unknown, claims: Payload[]): void {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return;
  if (isPayload(value)) {
    if (isClaim(value)) claims.push(value);
    else if (!isReadable(value)) Object.assign(value, toBytes(value));
    return;
  }
  for (const member of Object.values(value)) collect(member, claims);
}

function isPayload(value: object): value is Payload {
  if (!('metadata' in value && 'data' in value)) return false;
  return typeof value.metadata === 'object' && value.metadata !== null && 'encoding' in value.metadata;
}
