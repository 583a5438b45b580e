import { createHash } from 'node:crypto';
import { ApplicationFailure, defaultPayloadConverter, type Payload } from '@temporalio/common';
import type { ClaimStore } from '../contract/claims';
import { EngineError } from '../contract/errors';
import { inlineBytes, payloadBytes } from '../contract/limits';
import { claimCodec, isClaim, workerClaimCodec } from './claim-codec';
import { decodeHistory } from './decode-history';

function openStore() {
  const values = new Map<string, Uint8Array>();
  const store: ClaimStore = {
    put: jest.fn(async (bytes: Uint8Array) => {
      const hash = createHash('sha256').update(bytes).digest('hex');
      values.set(hash, bytes);
      return hash;
    }),
    get: jest.fn(async (hashes: readonly string[]) =>
      hashes.map((hash) => {
        const bytes = values.get(hash);
        if (!bytes) throw new EngineError('DATA_MISSING', `no ${hash}`);
        return bytes;
      }),
    ),
  };
  return { store, values };
}

const toPayload = (value: unknown): Payload => defaultPayloadConverter.toPayload<unknown>(value);
const fromPayload = (payload: Payload | undefined): unknown =>
  defaultPayloadConverter.fromPayload(payload as Payload);
/** Its JSON has so many bytes. */
const textOf = (bytes: number): string => 'x'.repeat(bytes - 2);
const dataOf = (payload: Payload | undefined): unknown =>
  JSON.parse(new TextDecoder().decode(payload?.data ?? new Uint8Array()));

describe('the claim check', () => {
  it('leaves what is small as it is, and asks no store', async () => {
    const { store } = openStore();
    const codec = claimCodec(store);
    const payloads = [toPayload(textOf(inlineBytes)), toPayload({ a: 1 }), {}];
    const encoded = await codec.encode(payloads);
    expect(encoded).toEqual(payloads);
    expect(await codec.decode(encoded)).toEqual(payloads);
    expect(store.put).not.toHaveBeenCalled();
    expect(store.get).not.toHaveBeenCalled();
  });

  it.each([inlineBytes + 1, 2 * 1024 * 1024, 5_000_000])('carries %d bytes by their hash', async (size) => {
    const { store, values } = openStore();
    const codec = claimCodec(store);
    const payload = { ...toPayload(textOf(size)) };
    payload.metadata = { ...payload.metadata, other: new Uint8Array([1]) };
    const [encoded] = await codec.encode([payload]);
    expect(encoded?.data?.byteLength).toBeLessThan(200);
    expect(dataOf(encoded)).toEqual({ sha256: [...values.keys()][0], size });
    expect(await codec.decode([encoded as Payload])).toEqual([payload]);
    expect(fromPayload((await codec.decode([encoded as Payload]))[0])).toBe(textOf(size));
  });

  it('mixes with what is small, keeps the order, and asks the store once for all', async () => {
    const { store } = openStore();
    const codec = claimCodec(store);
    const values = [textOf(300_000), 1, textOf(400_000), textOf(300_000), null];
    const encoded = await codec.encode(values.map(toPayload));
    expect(encoded.map(isClaim)).toEqual([true, false, true, true, false]);
    expect((await codec.decode(encoded)).map(fromPayload)).toEqual(values);
    expect(store.get).toHaveBeenCalledTimes(1);
  });

  it('gives the same claim for the same value', async () => {
    const { store } = openStore();
    const [one, two] = await claimCodec(store).encode([
      toPayload(textOf(300_000)),
      toPayload(textOf(300_000)),
    ]);
    expect(one).toEqual(two);
  });

  it('is not understood by whoever has no codec', async () => {
    const [claim] = await claimCodec(openStore().store).encode([toPayload(textOf(300_000))]);
    expect(() => fromPayload(claim)).toThrow('json/claim-check');
  });

  it('refuses what is too large for one payload, naming sizes', async () => {
    const payload: Payload = { metadata: {}, data: new Uint8Array(payloadBytes + 1) };
    await expect(claimCodec(openStore().store).encode([payload])).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
      message: expect.stringMatching(/67108865 bytes .* at most 67108864 \(64 MiB\)/) as string,
      details: { size: payloadBytes + 1, limit: payloadBytes },
    });
  });

  it('says what is wrong when a value is gone', async () => {
    const { store, values } = openStore();
    const encoded = await claimCodec(store).encode([toPayload(textOf(300_000))]);
    values.clear();
    await expect(claimCodec(store).decode(encoded)).rejects.toMatchObject({ code: 'DATA_MISSING' });
  });

  it('lets a worker’s errors keep their code across Temporal', async () => {
    const away = new EngineError('DATABASE_UNAVAILABLE', 'away');
    const store: ClaimStore = { put: () => Promise.reject(away), get: () => Promise.reject(away) };
    const failure = await workerClaimCodec(store)
      .encode([toPayload(textOf(300_000))])
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ApplicationFailure);
    expect(failure).toMatchObject({ type: 'DATABASE_UNAVAILABLE', nonRetryable: false });
  });
});

describe('a history with claims', () => {
  it('is decoded wherever they stand, and left alone without any', async () => {
    const { store } = openStore();
    const codec = claimCodec(store);
    const [large, small] = await codec.encode([toPayload({ text: textOf(300_000) }), toPayload(1)]);
    const history = {
      events: [
        { eventId: 1, workflowExecutionStartedEventAttributes: { input: { payloads: [large, small] } } },
        {
          eventId: 2,
          activityTaskFailedEventAttributes: { failure: { cause: { encodedAttributes: large } } },
        },
      ],
    };
    const { events } = (await decodeHistory(history as never, codec)) as unknown as typeof history;
    const input = events[0]?.workflowExecutionStartedEventAttributes?.input.payloads.map(fromPayload);
    expect(input).toEqual([{ text: textOf(300_000) }, 1]);
    expect(
      fromPayload(events[1]?.activityTaskFailedEventAttributes?.failure.cause.encodedAttributes),
    ).toEqual({
      text: textOf(300_000),
    });

    const plain = { events: [{ input: { payloads: [small] } }] };
    const get = jest.mocked(store.get).mock.calls.length;
    expect(await decodeHistory(plain as never, codec)).toEqual(plain);
    expect(store.get).toHaveBeenCalledTimes(get);
  });
});

describe('what a worker of another project encoded', () => {
  const payload = (encoding: string, text: string): Payload => ({
    metadata: { encoding: new TextEncoder().encode(encoding) },
    data: new TextEncoder().encode(text),
  });

  it.each([
    ['in a way nobody here can read', payload('json/protobuf', '{}'), true],
    ['as JSON with NaN, as Python does', payload('json/plain', '{"value":NaN}'), true],
    ['as no JSON at all', payload('json/plain', ''), true],
    ['as JSON that speaks of NaN', payload('json/plain', '{"value":"NaN"}'), false],
    ['as JSON', payload('json/plain', '{"value":1}'), false],
    ['as nothing', { metadata: { encoding: new TextEncoder().encode('binary/null') } }, false],
  ])('%s is bytes only when it has to be', async (_title, given: Payload, isBytes) => {
    const [decoded] = await workerClaimCodec(openStore().store).decode([given]);
    expect(fromPayload(decoded) instanceof Uint8Array).toBe(isBytes);
    const history = { events: [{ result: { payloads: [structuredClone(given)] } }] };
    await decodeHistory(history as never, claimCodec(openStore().store));
    expect(fromPayload(history.events[0]?.result.payloads[0]) instanceof Uint8Array).toBe(isBytes);
  });
});
