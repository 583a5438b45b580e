/** Refusals of the demo that runs here, by code: what `npm run record:examples` keeps for the OpenAPI document. */
import { findServer } from '../src/cli/client/server-address';
import { findToken } from '../src/cli/client/token';
import { executeRequest } from '../src/executor/openapi-examples';

interface Refused {
  route: string;
  /** Left out: a GET. */
  body?: unknown;
  type?: string;
  /** Left out: one of the embedded profile. */
  token?: string;
  /** Left out: all. */
  rights?: string;
}

const nobody = '0c0ffee0-0000-4000-8000-000000000000';
const execute = (change: object): Refused => ({
  route: '/v1/execute',
  body: { ...executeRequest, ...change },
});

/** @param execution one that has succeeded */
const requests = (execution: string): Refused[] => [
  execute({ asof_date: 'yesterday' }),
  { route: '/v1/executions', token: 'none' },
  { ...execute({}), rights: 'alerts_read' },
  execute({ pattern_id: 'annualized_return' }),
  execute({ portfolio_id: nobody }),
  execute({ asof_date: '2013-03-02' }),
  execute({ asof_date: '2013-03-01' }),
  { route: '/v1/execute', body: 'x'.repeat(300_000) },
  { ...execute({}), type: 'text/plain' },
  execute({ pattern_id: 'alerts_check', mode: 'direct' }),
  { route: `/v1/executions/${nobody}` },
  { route: `/v1/executions/${execution}/lineage?field=twr.valu` },
  { route: `/v1/executions/${execution}/cancel`, body: {} },
  { route: `/v1/executions/${execution}/export?format=pdf` },
  { route: `/v1/executions/${execution}/approve`, body: { step: 'sign_off', decision: 'approve' } },
  { route: `/v1/alerts/${nobody}` },
  { route: '/v1/plan', body: { pattern: { id: 'empty', name: 'Empty', steps: [], outputs: [] } } },
];

/** Each as the server answered it, sorted by code. */
export async function recordProblems(execution: string): Promise<Record<string, unknown>> {
  const { url } = await findServer(undefined, process.env);
  const found = new Map<string, unknown>();
  for (const { route, body, type = 'application/json', token, rights } of requests(execution)) {
    const bearer = token ?? (await findToken(rights === undefined ? {} : { rights }, url, process.env));
    const response = await fetch(`${url}${route}`, {
      headers: {
        Authorization: `Bearer ${String(bearer)}`,
        ...(body !== undefined && { 'Content-Type': type }),
      },
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as { code?: string };
    if (answer.code === undefined) throw new Error(`${route} was not refused: ${JSON.stringify(body)}`);
    found.set(answer.code, answer);
  }
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}
