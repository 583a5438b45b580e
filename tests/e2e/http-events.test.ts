/** GET …/events on the real thing: steps while they run, coming back, approvals, sub-patterns, ends and hang-ups. */
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import type { StepProgress } from '../../src/contract/progress';
import { startServer } from '../../src/executor/server';
import { createLogger } from '../../src/telemetry/logger';
import { until } from '../support/process';
import { type Answer, type CallOptions, type Stack, startStack } from '../support/stack';
import { testCatalogue } from '../support/test-agents';
import { echoing, sleeping } from './http-patterns';

const portfolioInput = { portfolio_id: { type: 'uuid', required: true } };
const asking = {
  id: 'asking',
  name: 'Asking',
  category: 'analysis',
  inputs: portfolioInput,
  steps: [
    { approval: { title: 'Go on?' }, as: 'ok' },
    { capability: 'probe.echo', args: { value: '{{state.ok.decision}}' }, as: 'said' },
  ],
  outputs: ['said'],
};
const outer = {
  id: 'outer',
  name: 'Outer',
  category: 'analysis',
  inputs: { ms: { type: 'integer', required: true } },
  steps: [{ pattern: 'sleeping', args: { ms: '{{inputs.ms}}' }, as: 'sub' }],
  outputs: ['sub'],
};

let stack: Stack;
beforeAll(async () => {
  stack = await startStack([echoing, sleeping, asking, outer]);
}, 120_000);
afterAll(() => stack.close());

interface Handle {
  id: string;
  links: Record<string, string>;
}

async function start(body: object): Promise<Handle> {
  const answer = await stack.call('/v1/execute', {
    body: { portfolio_id: stack.market.a.portfolio_id, ...body },
    headers: { Prefer: 'respond-async' },
  });
  expect(answer.status).toBe(202);
  return answer.body['execution'] as Handle;
}

interface Stream {
  events: EventSourceMessage[];
  steps(): string[];
  names(): string[];
  /** Resolves when the server has ended it. */
  ended: Promise<void>;
  hangUp(): void;
}

async function listen(id: string, lastId?: string, options: CallOptions = {}): Promise<Stream> {
  const cut = new AbortController();
  const response = await fetch(`${options.url ?? stack.url}/v1/executions/${id}/events`, {
    headers: {
      Authorization: `Bearer ${await stack.tokenFor(stack.market.a.user_id)}`,
      ...(lastId !== undefined && { 'Last-Event-ID': lastId }),
    },
    signal: cut.signal,
  });
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  expect(response.headers.get('cache-control')).toBe('no-store');
  const events: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (event) => void events.push(event) });
  const ended = (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) parser.feed(decoder.decode(chunk, { stream: true }));
  })();
  ended.catch(() => undefined);
  return {
    events,
    steps: () =>
      events.flatMap(({ event, data }) => {
        const { path, status } = JSON.parse(data) as StepProgress;
        return event === 'step' ? [`${path} ${status}`] : [];
      }),
    names: () => events.map(({ event, data }) => (event === 'step' ? event : `${String(event)} ${(JSON.parse(data) as { status: string }).status}`)),
    ended,
    hangUp: () => {
      cut.abort();
    },
  };
} // prettier-ignore

describe('the events of an execution', () => {
  it('tell of steps as they start and end, and end with the run', async () => {
    const { id, links } = await start({ pattern_id: 'sleeping', portfolio_id: undefined, inputs: { ms: 1200 } });
    expect(links['events']).toBe(`/v1/executions/${id}/events`);
    const [one, two] = await Promise.all([listen(id), listen(id)]);
    await until('the step runs', () => Promise.resolve(one.steps().includes('nap running')));
    await Promise.all([one.ended, two.ended]);
    expect(one.steps()).toEqual(['nap running', 'nap success']);
    expect(one.names()).toEqual(['status running', 'step', 'step', 'status succeeded', 'end succeeded']);
    expect(two.events).toEqual(one.events);
    const { self } = (JSON.parse(one.events.at(-1)?.data ?? '') as Handle).links;
    expect(self).toBe(`/v1/executions/${id}`);
  }); // prettier-ignore

  it('go on where a broken connection left off', async () => {
    const { id } = await start({ pattern_id: 'sleeping', portfolio_id: undefined, inputs: { ms: 1500 } });
    const first = await listen(id);
    await until('the step runs', () => Promise.resolve(first.steps().includes('nap running')));
    first.hangUp();
    const again = await listen(id, first.events.at(-1)?.id);
    await again.ended;
    expect(again.names()).toEqual(['step', 'status succeeded', 'end succeeded']);
    expect(again.steps()).toEqual(['nap success']);
    const over = await stack.call(`/v1/executions/${id}/events`, {
      headers: { 'Last-Event-ID': again.events.at(-1)?.id ?? '' },
    });
    expect(over.status).toBe(204);
  }); // prettier-ignore

  it('say that a run waits for a person, and that it goes on', async () => {
    const { id } = await start({ pattern_id: 'asking' });
    const stream = await listen(id);
    await until('it waits', () => Promise.resolve(stream.names().includes('status waiting')));
    const answer = await stack.call(`/v1/executions/${id}/approve`, { body: { step: 'ok', decision: 'approve' } });
    expect(answer.status).toBe(200);
    await stream.ended;
    expect(stream.steps()).toEqual(expect.arrayContaining(['ok running', 'ok success', 'said success']));
    expect(stream.names().at(-1)).toBe('end succeeded');
  }); // prettier-ignore

  it('look into a sub-pattern while it runs', async () => {
    const { id } = await start({ pattern_id: 'outer', portfolio_id: undefined, inputs: { ms: 1200 } });
    const stream = await listen(id);
    await stream.ended;
    expect(stream.steps()).toEqual(
      expect.arrayContaining(['sub running', 'sub.nap running', 'sub.nap success', 'sub success']),
    );
    expect(stream.steps().indexOf('sub.nap running')).toBeLessThan(stream.steps().indexOf('sub success'));
  });

  it('of a run that has ended are told at once, from any place', async () => {
    const done = await stack.call('/v1/execute', {
      body: { pattern_id: 'echoing', portfolio_id: stack.market.a.portfolio_id },
    });
    const { id } = done.body['execution'] as Handle;
    const stream = await listen(id);
    await stream.ended;
    expect(stream.steps()).toEqual(['first success', 'second success']);
    expect(stream.names().slice(2)).toEqual(['status succeeded', 'end succeeded']);
    const rest = await listen(id, stream.events[0]?.id);
    await rest.ended;
    expect(rest.steps()).toEqual(['second success']);
  });

  it('are their owner’s alone', async () => {
    const { id } = await start({ pattern_id: 'echoing' });
    const refused = (options: CallOptions): Promise<Answer> =>
      stack.call(`/v1/executions/${id}/events`, options);
    expect((await refused({ as: stack.market.b.user_id })).body['code']).toBe('EXECUTION_NOT_FOUND');
    expect((await refused({ as: null })).status).toBe(401);
  });

  it('end when the server stops, which does not wait for the run', async () => {
    const server = await startServer(stack.config, {
      log: createLogger('silent'),
      tracing: stack.tracing,
      catalogue: testCatalogue,
    });
    const { id } = await start({ pattern_id: 'asking' });
    const stream = await listen(id, undefined, { url: server.url });
    await until('it is told of', () => Promise.resolve(stream.events.length > 0));
    const startedAt = performance.now();
    await server.close();
    await stream.ended;
    expect(performance.now() - startedAt).toBeLessThan(3000);
    expect(stream.names()).not.toContain('end succeeded');
    await stack.call(`/v1/executions/${id}/cancel`, { body: {} });
  });
});
