/**
 * OpenTelemetry: one trace from the HTTP request through client and workflow to the activity.
 * The interceptors are always there and leave the same histories; only the exporter depends on the environment.
 */
import { context, diag, DiagLogLevel, propagation, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import { core, node } from '@opentelemetry/sdk-node';
import { BatchSpanProcessor, type SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { OpenTelemetryPlugin } from '@temporalio/interceptors-opentelemetry-v2';
import { createLogger } from './logger';

export interface Tracing {
  /** For the Client, each Worker and `bundleWorkflowCode`: a bundle made without it records no workflow spans. */
  plugin: OpenTelemetryPlugin;
  /** Sends what is still held back; after it, spans go nowhere. */
  shutdown(): Promise<void>;
}

/** Makes this process's tracer; without OTEL_EXPORTER_OTLP_ENDPOINT there are trace ids, but nothing is sent. */
export function startTracing(serviceName: string, env: NodeJS.ProcessEnv): Tracing {
  const resource = defaultResource().merge(resourceFromAttributes({ 'service.name': serviceName }));
  const endpoint = env['OTEL_EXPORTER_OTLP_ENDPOINT'];
  const spanProcessor = endpoint ? exportTo(endpoint) : nowhere;
  const provider = new node.NodeTracerProvider({ resource, spanProcessors: [spanProcessor] });
  provider.register({ propagator: new core.W3CTraceContextPropagator() });
  return {
    plugin: new OpenTelemetryPlugin({ resource, spanProcessor }),
    shutdown: async () => {
      trace.disable();
      context.disable();
      propagation.disable();
      // A collector that is away must not turn a clean stop into a failed one.
      await provider.shutdown().catch(() => undefined);
    },
  };
}

function exportTo(endpoint: string): SpanProcessor {
  logExportErrors();
  return new BatchSpanProcessor(
    new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces`, timeoutMillis: 5_000 }),
  );
}

/** Without a listener the SDK drops spans in silence. */
function logExportErrors(): void {
  const log = createLogger('warn');
  const tell = (message: string, ...details: unknown[]): void => {
    log.warn({ details }, `OpenTelemetry: ${message}`);
  };
  const quiet = (): void => undefined;
  diag.setLogger({ error: tell, warn: tell, info: quiet, debug: quiet, verbose: quiet }, DiagLogLevel.WARN);
}

const nowhere: SpanProcessor = {
  onStart: () => undefined,
  onEnd: () => undefined,
  forceFlush: () => Promise.resolve(),
  shutdown: () => Promise.resolve(),
};
