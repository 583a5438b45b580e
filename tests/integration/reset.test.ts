import { type Engine, outcomeOf, startEngine } from '../support/engine';
import { temporalCli } from '../support/temporal';
import { withUser } from '../../src/db/pool';
import { findExecution } from '../../src/db/executions';
import { userId } from '../support/engine';

describe('temporal workflow reset', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await startEngine();
  });
  afterAll(() => engine.close());

  it('runs a failed execution again from its start, and the new run’s result replaces the stored one', async () => {
    const failing = {
      capability: 'probe.fail',
      args: { code: 'PROVIDER_REFUSED', times: 1, key: 'reset-me' },
      as: 'tried',
    };
    const { handle, id, ended } = await engine.start({ steps: [failing], outputs: ['tried'] });
    const first = outcomeOf(await ended());
    expect(first).toMatchObject({ status: 'failed', error: { code: 'PROVIDER_REFUSED' } });

    const where = ['-w', handle.workflowId, '-r', first.trace.run_id];
    await temporalCli(
      engine.namespace,
      'workflow',
      'reset',
      ...where,
      '--type',
      'FirstWorkflowTask',
      '--reason',
      'test',
    );
    await engine.client.workflow.getHandle(handle.workflowId).result();
    const row = await withUser(engine.pool, userId, (tx) => findExecution(tx, id));
    const second = row && outcomeOf(row);
    expect(second).toMatchObject({ status: 'succeeded', data: { tried: { attempts: 2 } } });
    expect(second?.trace.run_id).not.toBe(first.trace.run_id);
  }, 60_000);
});
