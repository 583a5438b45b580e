/** The connection to Temporal: made when first needed, and safe to close while a call waits for its next attempt. */
import { Connection, defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client';

type Interceptor = ReturnType<typeof makeGrpcRetryInterceptor>;
type Call = ReturnType<Interceptor>;

/** gRPC's CANCELLED. */
const cancelled = 1;

export function connectLazily(address: string): Connection {
  const retry = makeGrpcRetryInterceptor(defaultGrpcRetryOptions());
  return Connection.lazy({ address, interceptors: [retry, answerWhenClosed] });
}

/**
 * The client retries from a timer, which outlives the closing of the channel; gRPC then throws where nobody can
 * catch it, and the process ends. Below the retries this makes it an ordinary failed call.
 */
const answerWhenClosed: Interceptor = (options, nextCall) => {
  try {
    return nextCall(options) as Call;
  } catch {
    return closedCall;
  }
};

const closedCall = {
  start: (...[metadata, listener]: Parameters<Call['start']>): void => {
    listener?.onReceiveMessage?.(null);
    listener?.onReceiveStatus?.({ code: cancelled, details: 'the connection is closed', metadata });
  },
  sendMessage: () => undefined,
  halfClose: () => undefined,
  cancelWithStatus: () => undefined,
} as unknown as Call;
