/**
 * An agent whose steps write, and fail as they are told: for tests of faults, of compensation, and for the model oracle.
 *
 * What it does at each attempt is the `script`'s entry for that attempt, `ok` when there is none:
 * - `ok`; `fail:CODE` before it writes; `fail_after:CODE` when it has written, so that its answer is lost;
 * - `throw` and `throw_text`, before it writes;
 * - `hang` and `hang_after`, until the call is cancelled or out of time; `deaf`, for ever, whatever it is told;
 * - `crash` and `crash_after`: kills its own process, where EFFECT_AGENT_MAY_CRASH is set, and nowhere else.
 * Five codes in a row that say the agent is ill open its breaker; RATE_LIMITED is retried too and does not.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Static, Type } from '@sinclair/typebox';
import { Client } from 'pg';
import type { Pool } from 'pg';
import type { Agent, Answer, Call } from '../../activities/agent';
import type { Services } from '../../activities/shipped-agents';
import { type Capability, capabilitiesOf } from '../../src/capabilities';
import { EngineError, type ErrorCode } from '../../src/contract/errors';
import { withEffect } from '../../src/db/effects';
import { type Tx, withUser } from '../../src/db/pool';
import { requireService } from './services';

const closed = { additionalProperties: false } as const;
const scripted = {
  name: Type.String(),
  value: Type.Optional(Type.Unknown({ description: 'given back' })),
  script: Type.Optional(Type.Array(Type.String(), { description: 'what each attempt does' })),
  ms: Type.Optional(Type.Integer({ minimum: 0, description: 'how long an attempt takes' })),
};
const Scripted = Type.Object(scripted, closed);
type Scripted = Static<typeof Scripted>;
const Written = Type.Object({ name: Type.String(), value: Type.Unknown() }, closed);
const policy = { initialInterval: '20ms', maximumInterval: '50ms', startToCloseTimeout: '4s' };
const capability = capabilitiesOf('effects');

export const effectCatalogue: Record<string, Capability> = {
  'effects.write': capability({
    name: 'effects.write',
    summary: 'Writes a row, once, and answers name and value.',
    args: Scripted,
    result: Written,
    effect: 'write',
    reads: ['user_id'],
    policy,
  }),
  'effects.undo': capability({
    name: 'effects.undo',
    summary: 'Undoes a write: a row that says so, if the write was done.',
    args: Type.Object({ ...scripted, result: Type.Optional(Type.Unknown()) }, closed),
    result: Type.Object({ name: Type.String(), undone: Type.Boolean() }, closed),
    effect: 'write',
    reads: ['user_id'],
    policy,
  }),
  'effects.read': capability({
    name: 'effects.read',
    summary: 'Writes nothing, and answers name and value.',
    args: Scripted,
    result: Written,
    pure: false,
    policy,
  }),
};

export const effectAgent: Agent<Services> = {
  name: 'effects',
  capabilities: Object.keys(effectCatalogue) as unknown as Agent<Services>['capabilities'],
  handlers: ({ database }) =>
    ({
      'effects.write': (args: Scripted, call: Call): Promise<Answer<unknown>> =>
        perform(args, call, () =>
          withEffect(database, attemptOf('effects.write', call), async (tx) => {
            await insertRow(tx, call, args.name, 'write');
            return answerOf(args);
          }),
        ),
      'effects.undo': (args: Scripted, call: Call): Promise<Answer<unknown>> =>
        perform(args, call, () =>
          withEffect(database, attemptOf('effects.undo', call), async (tx, original) => {
            // Called other than as an undo it has a key of its own, and nothing says that there is nothing to do.
            const undone = original?.done ?? true;
            if (undone) await insertRow(tx, call, args.name, 'undo');
            return { name: args.name, undone };
          }),
        ),
      'effects.read': (args: Scripted, call: Call): Promise<Answer<unknown>> =>
        perform(args, call, async () => answerOf(args)),
    }) as unknown as ReturnType<Agent<Services>['handlers']>,
};

/** The table that the agent writes, in the test's database: nothing but the agent keeps a row from being there twice. */
export async function createWrittenTable(appUrl: string): Promise<void> {
  const owner = new URL(requireService('databaseOwnerUrl'));
  owner.pathname = new URL(appUrl).pathname;
  const client = new Client({ connectionString: owner.href });
  await client.connect();
  const role = client.escapeIdentifier(decodeURIComponent(new URL(appUrl).username));
  await client.query(`
    create table written (seq bigint generated always as identity, key text not null, name text not null, action text not null);
    grant select, insert on written to ${role}`);
  await client.end();
}

export interface EffectRecord {
  /** In the order in which they were written. */
  written: { key: string; name: string; action: 'write' | 'undo' }[];
  /** By key. */
  effects: Record<string, { attempts: number; done: boolean; undone: boolean }>;
}

/** What the agent wrote for a user, and what the engine noted of it; of one execution when `prefix` is its workflow's id. */
export async function readEffects(pool: Pool, userId: string, prefix = ''): Promise<EffectRecord> {
  return withUser(pool, userId, async (tx) => {
    const written = await tx.query<EffectRecord['written'][number]>(
      'select key, name, action from written where starts_with(key, $1) order by seq',
      [prefix],
    );
    const effects = await tx.query<EffectRecord['effects'][string] & { key: string }>(
      `select key, attempts, done_at is not null as done, undone_at is not null as undone
         from effects where starts_with(key, $1) order by key`,
      [prefix],
    );
    return {
      written: written.rows,
      effects: Object.fromEntries(effects.rows.map(({ key, ...row }) => [key, row])),
    };
  });
}

function attemptOf(capability: string, { ctx, effect_key }: Call): Parameters<typeof withEffect>[1] {
  return { user_id: ctx.user_id, key: effect_key, capability };
}

function answerOf({ name, value = null }: Scripted): Static<typeof Written> {
  return { name, value };
}

async function insertRow(tx: Tx, { effect_key }: Call, name: string, action: string): Promise<void> {
  await tx.query('insert into written (key, name, action) values ($1, $2, $3)', [effect_key, name, action]);
}

async function perform(
  { script = [], ms = 0 }: Scripted,
  call: Call,
  work: () => Promise<unknown>,
): Promise<Answer<unknown>> {
  const [deed = 'ok', code] = (script[call.attempt - 1] ?? 'ok').split(':');
  if (ms > 0) await sleep(ms, undefined, { signal: call.signal });
  if (!deed.endsWith('_after')) await misbehave(deed, code, call.signal);
  const result = await work();
  if (deed.endsWith('_after')) await misbehave(deed.slice(0, -'_after'.length), code, call.signal);
  return { result, source: 'test' };
}

async function misbehave(deed: string, code: string | undefined, signal: AbortSignal): Promise<void> {
  switch (deed) {
    case 'ok':
      return;
    case 'fail':
      throw new EngineError(code as ErrorCode, `told to fail with ${String(code)}`);
    case 'throw':
      throw new TypeError('a secret detail');
    case 'throw_text':
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- agents do, whatever lint says
      throw 'a text';
    case 'hang':
      return sleep(3_600_000, undefined, { signal });
    case 'deaf':
      return new Promise(() => undefined);
    case 'crash':
      if (process.env['EFFECT_AGENT_MAY_CRASH'] !== undefined) process.kill(process.pid, 'SIGKILL');
      throw new Error('this process may not crash');
    default:
      throw new EngineError('ARGS_INVALID', `the script says ${deed}, which the agent does not know`);
  }
}
