/** The API: whether it answers, what of it is away, and on which prices it runs. */
import { counted } from '../output/counted';
import { fail, type Finding, ok, warn } from './finding';

interface Health {
  status: string;
  temporal: { status: string };
  postgresql: { status: string };
  workflows: { pollers: number | null };
  agents: Record<string, { pollers: number | null; breaker: string | null }>;
  patterns: { ready: number; broken: number };
  latest_pack: { id: string; status: string } | null;
  /** Servers of earlier builds do not say it. */
  fresh_pack?: { id: string } | null;
}

/** @param isGiven somebody named the server, so it should be there */
export async function checkApi(url: string, isGiven: boolean): Promise<Finding> {
  const health = await fetch(`${url}/health`, { signal: AbortSignal.timeout(10_000) })
    .then(async (response) => (await response.json()) as Health)
    .catch(() => null);
  if (health === null || typeof health.status !== 'string') {
    const message = `nothing of ours answers at ${url}`;
    return isGiven
      ? fail('api', message, 'Correct --url or DAWSOS_URL, or start the server there.')
      : warn('api', message, 'dawsos start');
  }
  const wrong = wrongWith(health);
  if (wrong.length === 0) {
    return ok('api', `${url}: ${counted(health.patterns.ready, 'pattern')}, ${packsText(health)}`);
  }
  return warn(
    'api',
    `${url}: ${wrong.join('; ')}`,
    'Start what is away; the log of API and worker says why.',
  );
}

/** Runs that name no day are on the newest fresh pack, which need not be the newest. */
function packsText({ latest_pack: latest, fresh_pack: fresh }: Health): string {
  if (latest === null) return 'no pricing pack';
  if (fresh === undefined) return `newest pack ${latest.id} (${latest.status})`;
  const newest = ` (the newest, ${latest.id}, is ${latest.status})`;
  if (fresh === null) return `no fresh pack${newest}`;
  return `newest fresh pack ${fresh.id}${fresh.id === latest.id ? '' : newest}`;
}

function wrongWith(health: Health): string[] {
  const { temporal, postgresql, workflows, agents, patterns, latest_pack, fresh_pack } = health;
  return [
    ...(temporal.status === 'up' ? [] : ['Temporal is away']),
    ...(postgresql.status === 'up' ? [] : ['PostgreSQL is away']),
    ...(workflows.pollers === 0 ? ['no worker runs workflows'] : []),
    ...Object.entries(agents).flatMap(([name, { pollers, breaker }]) => [
      ...(pollers === 0 ? [`no worker serves ${name}`] : []),
      ...(breaker === 'open' ? [`the breaker of ${name} is open`] : []),
    ]),
    ...(patterns.broken > 0 ? [`${counted(patterns.broken, 'pattern')} cannot run: dawsos patterns`] : []),
    ...(latest_pack === null || fresh_pack === null ? [packsText(health)] : []),
  ];
}
