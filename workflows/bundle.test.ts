import path from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

describe('the workflow bundle', () => {
  it('holds the interpreter and neither schemas, validators nor drivers', async () => {
    const workflowsPath = path.resolve('workflows/index.ts');
    const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') });
    expect(code).toContain('interpret');
    for (const intruder of [
      '@sinclair/typebox',
      'node_modules/ajv/',
      'node_modules/pg/',
      'activities/',
      'src/capabilities/',
    ]) {
      expect([intruder, code.includes(intruder)]).toEqual([intruder, false]);
    }
  }, 60_000);
});
