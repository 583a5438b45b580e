import { executionIdOf, parseIdempotencyKey, requestDigest, requireSameRequest } from './idempotency';
import { parsePrefer } from './prefer';

describe('Idempotency-Key', () => {
  it('gives the same user and key the same execution, and anyone else another', () => {
    const id = executionIdOf('user-a', 'key');
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(executionIdOf('user-a', 'key')).toBe(id);
    expect(executionIdOf('user-b', 'key')).not.toBe(id);
    expect(executionIdOf('user-a', 'key2')).not.toBe(id);
    expect(executionIdOf('user-a', null)).not.toBe(executionIdOf('user-a', null));
  });

  it('reads the key with and without the quotes of the standard', () => {
    expect(parseIdempotencyKey('"abc"')).toBe('abc');
    expect(parseIdempotencyKey('abc')).toBe('abc');
    expect(parseIdempotencyKey(undefined)).toBeNull();
    expect(() => parseIdempotencyKey('')).toThrow('Idempotency-Key');
    expect(() => parseIdempotencyKey('x'.repeat(256))).toThrow('Idempotency-Key');
  });

  it('takes bodies that differ only in the order of members for the same', () => {
    const stored = { id: 'x', request_digest: requestDigest({ a: 1, b: [1, 2] }) };
    expect(() => {
      requireSameRequest(stored, requestDigest({ b: [1, 2], a: 1 }));
    }).not.toThrow();
    expect(() => {
      requireSameRequest(stored, requestDigest({ a: 1, b: [2, 1] }));
    }).toThrow('another body');
  });
});

describe('Prefer', () => {
  it.each([
    [undefined, 10, null],
    ['wait=3', 3, 'wait=3'],
    ['foo=bar, Wait = 5', 5, 'wait=5'],
    ['wait=0', 0, 'wait=0'],
    ['wait=999', 30, 'wait=30'],
    ['wait=-1', 10, null],
    ['respond-async, wait=20', 0, 'respond-async'],
  ])('%s', (header, waitSeconds, applied) => {
    expect(parsePrefer(header)).toEqual({ waitSeconds, applied });
  });
});
