/** The patterns that the HTTP tests run, on the test agents `probe` and `other`. */
import { tmpdir } from 'node:os';
import path from 'node:path';

const portfolioInput = { portfolio_id: { type: 'uuid', required: true } };

/** Answers at once. */
export const echoing = {
  id: 'echoing',
  name: 'Echoing',
  category: 'analysis',
  inputs: { ...portfolioInput, text: { type: 'string', default: 'hello' } },
  steps: [
    { capability: 'probe.echo', args: { value: '{{inputs.text}}' }, as: 'first' },
    { capability: 'other.echo', args: { value: '{{state.first.value}}' }, as: 'second' },
  ],
  outputs: ['second'],
  rights_required: ['portfolio_read'],
};

/** Takes as long as it is told. */
export const sleeping = {
  id: 'sleeping',
  name: 'Sleeping',
  category: 'analysis',
  inputs: { ms: { type: 'integer', required: true } },
  steps: [
    {
      capability: 'probe.sleep',
      args: { ms: '{{inputs.ms}}', log: path.join(tmpdir(), 'dawsos-http-sleeps.log'), name: 'nap' },
      as: 'nap',
      timeout: 'PT60S',
      retry: { maximum_attempts: 1 },
    },
  ],
  outputs: ['nap'],
};

/** Fails with the code that it is told. */
export const failing = {
  id: 'failing',
  name: 'Failing',
  category: 'analysis',
  inputs: { code: { type: 'string', required: true } },
  steps: [
    { capability: 'probe.echo', args: { value: 1 }, as: 'before' },
    {
      capability: 'probe.fail',
      args: { code: '{{inputs.code}}', times: 99, key: 'http' },
      as: 'fails',
      after: 'before',
      retry: { maximum_attempts: 1 },
    },
  ],
  outputs: ['fails'],
};

export const broken = {
  id: 'broken',
  name: 'Broken',
  category: 'analysis',
  steps: [{ capability: 'no.such', as: 'x' }],
  outputs: ['x'],
};

export const all = [echoing, sleeping, failing, broken];

/** Waits for somebody who may trade, and is not who asked. */
export const asking = {
  id: 'asking', name: 'Asking', category: 'analysis', inputs: { portfolio_id: { type: 'uuid', required: true } },
  steps: [
    {
      approval: {
        title: 'Trade?', rights: ['trade'], not_starter: true,
        form: { type: 'object', properties: { note: { type: 'string' } }, required: ['note'], additionalProperties: false },
      },
      as: 'ok',
    },
    { capability: 'probe.echo', args: { value: '{{state.ok.data.note}}' }, as: 'said' },
  ],
  outputs: ['said'],
}; // prettier-ignore
