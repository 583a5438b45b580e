/** `npm run record:examples`: asks the demo that `npm start` runs here for the exchanges that the OpenAPI document shows, and calls its capabilities for the examples of docs/capabilities.md. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ExecuteResponse } from '../src/contract/execution';
import { executeRequest } from '../src/executor/openapi-examples';
import { checkRequest, diffRequest, lineage, planRequest } from '../src/executor/openapi-examples-insight';
import { explanation } from '../src/executor/explain/openapi-example';
import type { PatternDetail } from '../src/executor/pattern-detail';
import { openApi } from '../src/cli/client/api';
import { databaseUrl } from '../src/cli/client/owner-database';
import { createPool } from '../src/db/pool';
import { recordExamples } from './docs/recorded-examples';
import { writeRecorded } from './docs/write-recorded';
import { recordProblems } from './record-problems';

const folder = path.join(__dirname, '../src/executor/examples');

function keep(name: string, answer: unknown): void {
  writeFileSync(path.join(folder, `${name}.json`), `${JSON.stringify(answer, null, 2)}\n`);
  process.stdout.write(`${name}.json\n`);
}

async function main(): Promise<void> {
  await recordExchanges();
  const pool = createPool(await databaseUrl('DATABASE_URL'));
  await writeRecorded(await recordExamples(pool));
  await pool.end();
  process.stdout.write('scripts/docs/examples/recorded.json\n');
}

async function recordExchanges(): Promise<void> {
  const api = await openApi({});
  const ask = async <T>(route: string, body: unknown): Promise<T> => {
    const headers = { 'cache-control': 'no-cache', prefer: 'wait=60' };
    return (await api.post<T>(route, body, headers)).body;
  };
  const { pattern_id } = executeRequest;
  // Before anything ran, so that no durations are known yet.
  keep('plan', await ask('/v1/plan', planRequest));
  const answer = await ask<ExecuteResponse>('/v1/execute', executeRequest);
  keep('execute-response', answer);
  keep('pattern-detail', withoutTests((await api.get<PatternDetail>(`/v1/patterns/${pattern_id}`)).body));
  keep('check-result', await ask('/v1/patterns/check', checkRequest));
  keep('diff', await ask('/v1/diff', diffRequest));
  keep('problems', await recordProblems(answer.execution.id));
  const of = `/v1/executions/${answer.execution.id}`;
  keep('lineage', (await api.get(`${of}/lineage`, { field: lineage.field })).body);
  keep('export', (await api.get(`${of}/export`, { format: 'json' })).body);
  const csv = await api.open(`${of}/export?format=csv`, {}, AbortSignal.timeout(60_000));
  keep('export-csv', { text: await csv.text() });
  const explained = explanation.step?.pattern.id ?? pattern_id;
  const overview = { ...executeRequest, pattern_id: explained };
  const { execution } = await ask<ExecuteResponse>('/v1/execute', overview);
  const { field } = explanation;
  keep('explanation', (await api.get(`/v1/executions/${execution.id}/explain`, { field })).body);
}

/** The tests that a pattern brings along are longer than all the rest. */
function withoutTests(detail: PatternDetail): PatternDetail {
  const { tests: _tests, ...pattern } = detail.pattern as Record<string, unknown>;
  return { ...detail, pattern };
}

void main();
