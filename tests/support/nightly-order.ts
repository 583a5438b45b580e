/** Starting the nightly order in tests, and reading what it left. */
import type { Client, WorkflowHandle } from '@temporalio/client';
import { Client as Postgres } from 'pg';
import type { NightlyPackInput, NightlyPackResult } from '../../src/contract/nightly';
import { stagesOf } from '../../src/db/pack-stages';
import type { Tx } from '../../src/db/pool';
import type { Stack } from './stack';

export interface Order {
  folder: string;
  date?: string;
  zone?: string;
}

/** The owner of the stack's tables, with no portfolio left to the order that it could not reconcile. */
export async function connectOwner({ ownerUrl }: Pick<Stack, 'ownerUrl'>): Promise<Postgres> {
  const owner = new Postgres({ connectionString: ownerUrl });
  await owner.connect();
  // The stack's own users have a ledger commit and no ledger; the demo's have one.
  await owner.query("delete from portfolio_index where owner_id::text like '00000000-%'");
  return owner;
}

let count = 0;

export async function startOrder(
  client: Client,
  { folder, date = '2013-03-01', zone = 'UTC' }: Order,
): Promise<WorkflowHandle> {
  count += 1;
  const input: NightlyPackInput = { date, zone, source: { kind: 'folder', path: folder } };
  return client.workflow.start('nightlyPack', {
    workflowId: `nightly-${String(count)}`,
    taskQueue: 'engine',
    args: [input],
  });
}

export async function runOrder(client: Client, order: Order): Promise<NightlyPackResult> {
  return (await startOrder(client, order)).result() as Promise<NightlyPackResult>;
}

/** How one ended that had to fail: code, message and details of its failure. */
export async function failureOfOrder(client: Client, order: Order): Promise<Record<string, unknown>> {
  const error = (await runOrder(client, order).then(
    () => null,
    (caught: unknown) => caught,
  )) as { cause?: { type: string; message: string; details: object[] } } | null;
  const { type, message, details } = error?.cause ?? { type: 'NONE', message: '', details: [] };
  return { type, message, ...details[0] };
}

/** `build done 1`: stage, status, attempt. */
export async function stageLines(tx: Tx, packId: string): Promise<string[]> {
  return (await stagesOf(tx, [packId])).map(
    ({ stage, status, attempt }) => `${stage} ${status} ${String(attempt)}`,
  );
}
