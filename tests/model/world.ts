/**
 * The world that programs run in: capabilities whose behaviour their arguments tell, and a ledger of effects. The model
 * and the runs in memory share it; on Temporal the agents of tests/support do the same for real.
 */
import { Type } from '@sinclair/typebox';
import { type Capability, capabilitiesOf } from '../../src/capabilities';
import { effectCatalogue } from '../support/effect-agent';
import { testCatalogue } from '../support/test-agents';

const closed = { additionalProperties: false } as const;

/** Asks for the cancel of its own run, and never ends by itself. */
export const cancelCapability = capabilitiesOf('model')({
  name: 'model.cancel',
  summary: 'Asks for the cancel of its run.',
  args: Type.Object({ name: Type.String() }, closed),
  result: Type.Object({}, closed),
  pure: false,
  policy: { startToCloseTimeout: '30s' },
});

export const worldCatalogue: Record<string, Capability> = {
  ...testCatalogue,
  ...effectCatalogue,
  'model.cancel': cancelCapability,
};

/** How one attempt goes. */
export interface Deed {
  end: 'ok' | 'hang' | 'cancel' | { code: string; retryable: boolean };
  /** Whether it writes before it ends so. */
  writes: boolean;
  result: unknown;
}

interface WorldCapability {
  writes: boolean;
  /** Arguments that admit `null` when they are missing, and those that are needed. */
  nullable: string[];
  required: string[];
  /** One attempt at it, 1 for the first. */
  attempt(args: Record<string, unknown>, number: number): Deed;
}

/** Codes that are worth another attempt. */
export const retryable = new Set(['RATE_LIMITED', 'INTERNAL', 'STEP_TIMED_OUT']);
const refusal: Deed = { end: { code: 'ARGS_INVALID', retryable: false }, writes: false, result: null };

/** As far as generated programs can break the schemas. */
function isScripted({ name, script = [], ms = 0 }: Record<string, unknown>): boolean {
  const isList = Array.isArray(script) && script.every((deed) => typeof deed === 'string');
  return typeof name === 'string' && isList && Number.isInteger(ms) && Number(ms) >= 0;
}

function scripted(writes: boolean, resultOf: (args: Record<string, unknown>) => unknown): WorldCapability {
  return {
    writes,
    nullable: ['value', 'result'],
    required: ['name'],
    attempt: (args, number) => {
      if (!isScripted(args)) return refusal;
      const script = (args['script'] ?? []) as string[];
      const [deed = 'ok', code = ''] = (script[number - 1] ?? 'ok').split(':');
      const isAfter = deed === 'ok' || deed.endsWith('_after');
      return {
        end: endOf(deed.replace('_after', ''), code),
        writes: writes && isAfter,
        result: resultOf(args),
      };
    },
  };
}

function endOf(deed: string, code: string): Deed['end'] {
  if (deed === 'ok' || deed === 'hang') return deed;
  return { code, retryable: retryable.has(code) };
}

const nameAndValue = ({ name, value = null }: Record<string, unknown>): unknown => ({ name, value });
const echo: WorldCapability = {
  writes: false,
  nullable: ['value'],
  required: ['value'],
  attempt: ({ value }) => ({ end: 'ok', writes: false, result: { value } }),
};

export const capabilities: Record<string, WorldCapability> = {
  'effects.read': scripted(false, nameAndValue),
  'effects.write': scripted(true, nameAndValue),
  'effects.undo': scripted(true, ({ name }) => ({ name, undone: true })),
  'probe.echo': echo,
  'other.echo': echo,
  'probe.wrong': {
    ...echo,
    required: [],
    attempt: () => ({ end: { code: 'RESULT_INVALID', retryable: false }, writes: false, result: null }),
  },
  'model.cancel': {
    ...echo,
    required: ['name'],
    attempt: () => ({ end: 'cancel', writes: false, result: null }),
  },
};

/** What each attempt takes in memory, in milliseconds: different for what is different, so that few things coincide. */
export function latencyOf(path: string, args: Record<string, unknown>, attempt: number): number {
  const ms = typeof args['ms'] === 'number' ? args['ms'] : 0;
  return ms + 1 + (hash(`${path} ${JSON.stringify(args)} ${String(attempt)}`) % 1024) / 1024;
}

function hash(text: string): number {
  let value = 2166136261;
  for (const letter of text) value = Math.imul(value ^ (letter.codePointAt(0) ?? 0), 16777619) >>> 0;
  return value >>> 4;
}

export interface LedgerEntry {
  key: string;
  action: 'write' | 'undo';
}

export interface Ledger {
  entries: LedgerEntry[];
  /** Does what a call with this effect key does, once: an undo of what was never done does nothing. */
  perform(capability: string, key: string): void;
  isDone(key: string): boolean;
}

export function openLedger(): Ledger {
  const entries: LedgerEntry[] = [];
  const done = new Set<string>();
  return {
    entries,
    isDone: (key) => done.has(key),
    perform: (capability, key) => {
      if (done.has(key)) return;
      done.add(key);
      const isUndo = key.endsWith(':undo');
      if (isUndo && !done.has(key.slice(0, -':undo'.length))) return;
      entries.push({ key, action: capability === 'effects.undo' ? 'undo' : 'write' });
    },
  };
}
