/** The log: JSON lines, each with the trace it belongs to, none with a secret. */
import { isSpanContextValid, trace } from '@opentelemetry/api';
import { pino, type DestinationStream, type Logger } from 'pino';

const secrets = ['authorization', 'cookie', '["set-cookie"]', 'token', 'password'];
/** pino matches no deeper than it is told: on the line itself, one object down (`headers`), two down (`req.headers`). */
const redactedPaths = secrets.flatMap((name) => {
  const member = name.startsWith('[') ? name : `.${name}`;
  return [name, `*${member}`, `*.*${member}`];
});

/** @param destination standard output unless given */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    redact: { paths: redactedPaths, censor: '[redacted]' },
    mixin: activeTrace,
  };
  return destination ? pino(options, destination) : pino(options);
}

/** A line that names its own `trace_id` keeps it. */
function activeTrace(): { trace_id?: string } {
  const span = trace.getActiveSpan()?.spanContext();
  return span && isSpanContextValid(span) ? { trace_id: span.traceId } : {};
}
