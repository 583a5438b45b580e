/**
 * Breakers that processes share through Redis: one hash per agent, changed by one script only, with Redis's clock.
 * The script is src/breaker/state-machine.ts, line by line; one table of vectors drives the tests of both.
 */
import type { Redis } from 'ioredis';
import { defaultLimits } from '../breaker/state-machine';
import type { BreakerAnswer, BreakerState, BreakerStore, BreakerStoreOptions } from '../contract/breaker';

const fields = ['fails', 'open_until', 'probe_until', 'generation'] as const;

const lua = `
local key, event, stamp, probe = KEYS[1], ARGV[1], tonumber(ARGV[2]), ARGV[3] == '1'
local failures, open_ms, probe_ms = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local s = redis.call('HMGET', key, 'fails', 'open_until', 'probe_until', 'generation')
local fails, open_until = tonumber(s[1] or 0), tonumber(s[2] or 0)
local probe_until, generation = tonumber(s[3] or 0), tonumber(s[4] or 0)
local function save(f, o, p, g)
  redis.call('HSET', key, 'fails', f, 'open_until', o, 'probe_until', p, 'generation', g)
end

if event == 'ask' then
  if open_until == 0 then return {'allow', generation} end
  local wait = math.max(open_until, probe_until) - now
  if wait > 0 then return {'reject', wait} end
  save(fails, open_until, now + probe_ms, generation + 1)
  return {'probe', generation + 1}
end

if generation ~= stamp or (probe_until > 0) ~= probe then return {'stale', 0} end
if event == 'succeeded' then
  if fails > 0 then save(0, 0, 0, probe and generation + 1 or generation) end
  return {probe and 'closed' or 'counted', 0}
end
fails = fails + 1
if not probe and fails < failures then
  save(fails, 0, 0, generation)
  return {'counted', 0}
end
save(fails, now + open_ms, 0, generation + 1)
return {'open', 0}
`;

type Event = 'ask' | 'succeeded' | 'failed';
type Answer = ['allow' | 'probe' | 'reject' | 'stale' | 'counted' | 'open' | 'closed', number];
/** What `defineCommand` adds to the client; ioredis sends the script once and its hash from then on. */
interface WithBreaker {
  dawsosBreaker(key: string, event: Event, ...args: number[]): Promise<Answer>;
}

export function redisBreakerStore(
  redis: Redis,
  { limits = defaultLimits, onChange }: BreakerStoreOptions = {},
): BreakerStore {
  redis.defineCommand('dawsosBreaker', { numberOfKeys: 1, lua });
  const send = (event: Event, agent: string, generation: number, wasProbe: boolean): Promise<Answer> =>
    (redis as unknown as WithBreaker).dawsosBreaker(
      keyOf(agent),
      event,
      generation,
      wasProbe ? 1 : 0,
      limits.failures,
      limits.openMs,
      limits.probeMs,
    );
  const report = async (...args: Parameters<typeof send>): Promise<void> => {
    const [outcome] = await send(...args);
    if (outcome === 'open' || outcome === 'closed') onChange?.(args[1], outcome);
  };
  return {
    scope: 'redis',
    ask: async (agent) => toAnswer(await send('ask', agent, 0, false)),
    succeeded: (agent, generation, wasProbe) => report('succeeded', agent, generation, wasProbe),
    failed: (agent, generation, wasProbe) => report('failed', agent, generation, wasProbe),
    read: async (agents) => {
      const states = await Promise.all(agents.map((agent) => redis.hmget(keyOf(agent), ...fields)));
      return Object.fromEntries(agents.map((agent, index) => [agent, toState(states[index] ?? [])]));
    },
  };
}

function keyOf(agent: string): string {
  return `dawsos:breaker:${agent}`;
}

function toAnswer([decision, value]: Answer): BreakerAnswer {
  if (decision === 'allow' || decision === 'probe') return { decision, generation: value };
  return { decision: 'reject', retryAfterMs: value };
}

function toState([fails, openUntil, probeUntil, generation]: (string | null)[]): BreakerState {
  return {
    fails: Number(fails ?? 0),
    open_until: Number(openUntil ?? 0),
    probe_until: Number(probeUntil ?? 0),
    generation: Number(generation ?? 0),
  };
}
