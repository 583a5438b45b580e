/** Fault F12: large requests are refused, large results are carried by claim check or refused, and no run hangs. */
import { type Answer, type Stack, startStack } from '../support/stack';

const make = (as: string, args: object) => ({ capability: 'probe.make', args, as });
const characters = { type: 'integer', required: true };
const patterns = [
  { id: 'text', inputs: { characters }, steps: [make('one', { characters: '{{inputs.characters}}' })], outputs: ['one'] },
  { id: 'taking', inputs: { list: { type: 'array', required: true } }, steps: [{ compute: 'size(inputs.list)', as: 'n' }], outputs: ['n'] },
  {
    id: 'positions',
    inputs: { positions: characters },
    steps: [
      make('made', { positions: '{{inputs.positions}}' }),
      { compute: { count: 'size(state.made.value)', large: 'size(state.made.value.filter(p, decimal(p.quantity) >= decimal("9000")))' }, as: 'told' },
    ],
    outputs: { told: '{{state.told}}', all: '{{state.made.value}}' },
  },
  {
    id: 'mapped',
    inputs: { positions: characters },
    steps: [
      make('made', { positions: '{{inputs.positions}}' }),
      { map: { in: '{{state.made.value}}', do: { compute: 'item.symbol', as: 'symbol' } }, as: 'symbols' },
      { compute: '{"count": size(state.symbols), "last": state.symbols[size(state.symbols) - 1]}', as: 'told' },
    ],
    outputs: ['told'],
  },
  {
    id: 'passed_on',
    inputs: { characters },
    steps: [
      make('made', { characters: '{{inputs.characters}}' }),
      ...Array.from({ length: 12 }, (_, i) => ({ compute: 'state.made.value', as: `c${String(i)}` })),
      { compute: 'size(state.c11)', as: 'n' },
    ],
    outputs: ['n'],
  },
  {
    id: 'many',
    inputs: { characters },
    steps: Array.from({ length: 8 }, (_, i) => make(`s${String(i)}`, { characters: '{{inputs.characters}}' })),
    outputs: Array.from({ length: 8 }, (_, i) => `s${String(i)}`),
  },
].map((pattern) => ({ name: pattern.id, category: 'analysis', ...pattern })); // prettier-ignore

let stack: Stack;
beforeAll(async () => {
  stack = await startStack(patterns);
});
afterAll(() => stack.close());

const execute = (pattern_id: string, inputs: object, mode: string): Promise<Answer> =>
  stack.call('/v1/execute', {
    headers: { Prefer: 'wait=30' },
    body: { pattern_id, portfolio_id: stack.market.a.portfolio_id, inputs, mode },
  });
const stepOf = (answer: Answer): unknown[] => [answer.status, answer.body['code'], answer.body['step']];

describe.each(['durable', 'direct'])('a result in %s mode', (mode) => {
  it.each([262_144, 262_145, 1_900_000])('of %i characters arrives whole', async (count) => {
    const answer = await execute('text', { characters: count }, mode);
    expect(answer.status).toBe(200);
    expect((answer.body['data'] as { one: { value: string } }).one.value).toHaveLength(count);
    const { id } = answer.body['execution'] as { id: string };
    expect((await stack.call(`/v1/executions/${id}`)).body['data']).toEqual(answer.body['data']);
  });

  it.each([2_100_000, 5_000_000])(
    'of %i characters fails its step, and the next run is fine',
    async (count) => {
      const refused = await execute('text', { characters: count }, mode);
      expect(stepOf(refused)).toEqual([500, 'LIMIT_EXCEEDED', 'one']);
      expect((await execute('text', { characters: 1 }, mode)).status).toBe(200);
    },
  );

  it('of 10,000 positions is carried and computed with', async () => {
    const answer = await execute('positions', { positions: 10_000 }, mode);
    expect(answer.status).toBe(200);
    const { told, all } = answer.body['data'] as { told: object; all: object[] };
    expect(told).toEqual({ count: 10_000, large: 1_000 });
    expect(all.at(-1)).toEqual({ symbol: 'S9999', quantity: '9999.50', price: '441.4', currency: 'USD' });
  });

  it('of 1,900,000 characters is passed on by a dozen computations', async () => {
    const answer = await execute('passed_on', { characters: 1_900_000 }, mode);
    expect([answer.status, answer.body['data']]).toEqual([200, { n: 1_900_000 }]);
  });

  it('that is too much only together with others fails the run', async () => {
    const answer = await execute('many', { characters: 300_000 }, mode);
    expect([answer.status, answer.body['code']]).toEqual([500, 'LIMIT_EXCEEDED']);
    expect(answer.body['detail']).toContain('at most 2097152 are carried');
  });
});

describe('a map', () => {
  it('of 5,000 items runs', async () => {
    const answer = await execute('mapped', { positions: 5_000 }, 'durable');
    expect([answer.status, answer.body['data']]).toEqual([200, { told: { count: 5_000, last: 'S4999' } }]);
  });

  it.each(['durable', 'direct'])('of 5,001 items fails in %s mode', async (mode) => {
    const answer = await execute('mapped', { positions: 5_001 }, mode);
    expect(stepOf(answer)).toEqual([500, 'LIMIT_EXCEEDED', 'symbols']);
  });
});

describe('a request', () => {
  const bytes = (count: number) => {
    const body = (list: string): string =>
      JSON.stringify({
        pattern_id: 'taking',
        portfolio_id: stack.market.a.portfolio_id,
        inputs: { list: [list] },
      });
    return body('x'.repeat(count - body('').length));
  };

  it('of 256 KiB runs', async () => {
    const answer = await stack.call('/v1/execute', { body: bytes(256 * 1024) });
    expect([answer.status, answer.body['data']]).toEqual([200, { n: 1 }]);
  });

  it.each([256 * 1024 + 1, 1_900_000, 2_100_000, 5_000_000])('of %i bytes is refused', async (count) => {
    const answer = await stack.call('/v1/execute', { body: bytes(count) });
    expect([answer.status, answer.body['code']]).toEqual([413, 'BODY_TOO_LARGE']);
  });
});
