/** The interpreter's port on a history that is over: each call, timer, answer and child waits for the event that ended it. */
import { EngineError } from '../contract/errors';
import type { ExecutionStatus } from '../contract/execution';
import type { PreparedCall } from '../contract/external-call';
import type { Envelope } from '../contract/trace';
import type {
  ApprovalAnswer,
  CallFailure,
  CapabilityCall,
  ChildResult,
  OnStop,
  Port,
} from '../pattern/run/port';
import type { StopReason } from '../pattern/run/stop';
import { externalCallId } from './external-ids';
import { failureOf, failureOfChild } from './failure';
import type { Resolution } from './history';
import { isStopped } from './is-stopped';

interface Pending {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** Why a run ended without its own say. */
export interface Ending {
  status: Extract<ExecutionStatus, 'timed_out' | 'cancelled' | 'failed'>;
  code: 'EXECUTION_TIMED_OUT' | 'EXECUTION_CANCELLED' | 'EXECUTION_FAILED';
  message: string;
}

export interface HistoryPort {
  port: Port;
  /** Sets the clock to a turn's moment and hands over what it brought. */
  apply(now: number, resolutions: readonly Resolution[]): void;
  /** The history is over: whatever still waits fails as the run did. Says whether anything did. */
  cut(): boolean;
}

const cancelled = new Error('cancelled');
const unanswered = { attempts: 0, details: null, retryable: true };

/** @param ending what a call is told that the end of the history cut off */
export function historyPort(workflowId: string, startedAt: number, ending: Ending): HistoryPort {
  const pending = new Map<string, Pending>();
  const listeners: ((reason: StopReason) => void)[] = [];
  const cutOff = new EngineError(ending.code, ending.message);
  let clock = startedAt;
  let timers = 0;

  const wait = <T>(key: string, onStop: OnStop, ends: (reason: StopReason) => boolean): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      let release = (): void => undefined;
      pending.set(key, {
        resolve: (value: unknown) => {
          release();
          resolve(value as T);
        },
        reject: (error: Error) => {
          release();
          reject(error);
        },
      });
      // Told at once of a stop that there was: what is stopped then never begins.
      release = onStop((reason) => {
        if (!ends(reason) || !pending.delete(key)) return;
        reject(cancelled);
      });
    });
  const always = (): boolean => true;
  const never = (): boolean => false;
  const unless = (cause: unknown, otherwise: CallFailure): CallFailure =>
    cause === cutOff ? { ...unanswered, code: ending.code, message: ending.message } : otherwise;

  const externalCall = async ({ path, callable, onStop }: CapabilityCall): Promise<Envelope> => {
    const engine = (what: 'prepare' | 'accept'): string => `activity ${externalCallId(what, path)}`;
    const prepared = await wait<PreparedCall>(engine('prepare'), onStop, always);
    if ('hit' in prepared) return prepared.hit;
    const isWrite = callable.effect === 'write';
    await wait(`activity ${path}`, onStop, isWrite && !isStopped(onStop) ? never : always);
    return wait<Envelope>(engine('accept'), onStop, isWrite ? never : always);
  };
  const nobodyStops = (): (() => void) => () => undefined;
  const sleep: Port['sleep'] = (_, onStop) => {
    timers += 1;
    return wait<undefined>(`timer ${String(timers)}`, onStop, always);
  };

  const port: Port = {
    call: (call) =>
      call.callable.source === 'external'
        ? externalCall(call)
        : // A write, like a child, ends only when Temporal says that it has ended.
          wait<Envelope>(
            `activity ${call.path}`,
            call.onStop,
            call.callable.effect === 'write' ? never : always,
          ),
    sleep,
    // One that the end of the history cuts off ends like any other.
    turn: () => sleep(1, nobodyStops).catch(() => undefined),
    approve: ({ path }, onStop) => wait<ApprovalAnswer>(`answer ${path}`, onStop, always),
    child: ({ path, onStop }) => wait<ChildResult>(`child ${workflowId}/${path}`, onStop, never),
    now: () => clock,
    onStop: (listener) => {
      listeners.push(listener);
    },
    isCancellation: (error) => error === cancelled,
    failureOf: (error, callable) => unless(error, failureOf(error, callable)),
    failureOfChild: (error, pattern) => unless(error, failureOfChild(error, pattern)),
  };
  const take = (key: string): Pending | undefined => {
    const entry = pending.get(key);
    pending.delete(key);
    return entry;
  };
  const applyOne = (resolution: Resolution): void => {
    switch (resolution.kind) {
      case 'cancel_requested':
        for (const listener of listeners) listener('cancel');
        return;
      case 'stop_requested':
        for (const listener of listeners) listener('failure');
        return;
      case 'fired':
        take(`timer ${String(resolution.timer)}`)?.resolve(undefined);
        return;
      case 'answered': {
        const { path, decision, data, by } = resolution.message;
        take(`answer ${path}`)?.resolve({ decision, data, by, at: new Date(clock).toISOString() });
        return;
      }
      case 'completed':
        take(`${resolution.of} ${resolution.id}`)?.resolve(resolution.value);
        return;
      case 'cancelled':
        take(`${resolution.of} ${resolution.id}`)?.reject(cancelled);
        return;
      case 'failed':
        take(`${resolution.of} ${resolution.id}`)?.reject(resolution.error);
    }
  };
  return {
    port,
    apply: (now, resolutions) => {
      clock = now;
      resolutions.forEach(applyOne);
    },
    cut: () => {
      const rest = [...pending.values()];
      pending.clear();
      for (const { reject } of rest) reject(cutOff);
      return rest.length > 0;
    },
  };
}
