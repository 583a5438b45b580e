import { trace } from '@opentelemetry/api';
import { createLogger } from './logger';
import { startTracing } from './tracing';

function logged(write: (log: ReturnType<typeof createLogger>) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  write(createLogger('info', { write: (line: string) => lines.push(line) }));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('the log', () => {
  it('never holds what authenticates, at any depth requests have', () => {
    const secret = 'do-not-write-me';
    const lines = logged((log) => {
      log.info({ authorization: secret, token: secret });
      log.info({ headers: { authorization: secret, cookie: secret, 'set-cookie': secret } });
      log.info({ req: { headers: { authorization: secret, cookie: secret, 'set-cookie': secret } } });
    });
    expect(lines).toHaveLength(3);
    expect(JSON.stringify(lines)).not.toContain(secret);
  });

  it('names the trace that is active', async () => {
    const tracing = startTracing('test', {});
    const [line] = logged((log) => {
      trace.getTracer('test').startActiveSpan('x', (span) => {
        log.info({ traceId: span.spanContext().traceId });
      });
    });
    await tracing.shutdown();
    expect(line?.['trace_id']).toMatch(/^[0-9a-f]{32}$/);
    expect(line?.['trace_id']).toBe(line?.['traceId']);
  });

  it('names no trace where there is none', () => {
    expect(logged((log) => log.info('x'))[0]).not.toHaveProperty('trace_id');
  });

  it('keeps the trace_id that a line names itself', () => {
    expect(logged((log) => log.info({ trace_id: 'abc' }, 'x'))).toMatchObject([
      { trace_id: 'abc', msg: 'x' },
    ]);
  });

  it('writes nothing below its level', () => {
    expect(logged((log) => log.debug('x'))).toEqual([]);
  });
});
