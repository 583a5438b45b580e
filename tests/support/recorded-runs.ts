/** Runs whose histories are kept in `tests/histories`: every kind of step, and every way to end. */
import { randomUUID } from 'node:crypto';
import { approveUpdate } from '../../workflows/messages';
import { type Engine, type Started, userId } from './engine';
import { until } from './process';

const echo = (as: string, value: unknown) => ({ capability: 'probe.echo', args: { value }, as });
const read = (as: string, more: object = {}) => ({
  capability: 'effects.read',
  args: { name: as, ...more },
  as,
});
const write = (as: string, more: object = {}) => ({
  capability: 'effects.write', args: { name: as, ...more }, as,
  compensate: { capability: 'effects.undo', args: { name: as } },
}); // prettier-ignore
const part = {
  id: 'part', name: 'Part', inputs: { n: { type: 'integer', required: true } },
  steps: [echo('inner', '{{inputs.n}}'), write('written')], outputs: ['inner'],
}; // prettier-ignore

type Begin = (engine: Engine) => Promise<Started>;
const plain = (steps: object[], outputs: string[], others: object[] = []): Begin =>
  (engine) => engine.start({ steps, outputs }, {}, undefined, others); // prettier-ignore

/** By the name of the file. */
export const recordedRuns: Record<string, Begin> = {
  kinds: plain(
    [
      { compute: '[1, 2, 3]', as: 'numbers' },
      { map: { in: '{{state.numbers}}', do: echo('one', '{{item}}'), concurrency: 2 }, as: 'mapped' },
      { steps: [echo('inside', '{{state.mapped.1.value}}')], outputs: '{{state.inside.value}}', as: 'grouped', timeout: 'PT30S' },
      { repeat: { do: echo('round', '{{index}}'), until: 'last.value >= 1', max: 5, every: 'PT0.1S' }, as: 'looped' },
      { wait: { for: 'PT0.1S' }, as: 'paused' },
      { assert: 'state.grouped == 2', as: 'checked' },
      { ...echo('skipped', 1), condition: 'state.grouped > 2' },
      echo('last_one', '{{state.looped.value}}'),
    ],
    ['mapped', 'last_one'],
  ),
  caught: plain(
    [
      { ...read('tried', { script: ['fail:RATE_LIMITED'] }), retry: { maximum_attempts: 3 } },
      { ...read('replaced', { script: ['fail:DATA_MISSING'] }), fallback: { name: '', value: '{{error.code}}' } },
      { ...read('handled', { script: ['fail:DATA_MISSING'] }), on_error: [{ match: ['*'], use: read('instead') }] },
      { map: { in: [0, 9], do: { ...read('some', { script: ['fail:DATA_MISSING'] }) }, on_item_error: 'collect' }, as: 'collected' },
      { ...read('late', { script: ['hang'] }), timeout: 'PT0.3S', retry: { maximum_attempts: 1 }, optional: true },
    ],
    ['tried', 'replaced', 'handled', 'collected'],
  ),
  undone: plain(
    [write('first'), { pattern: 'part', args: { n: 1 }, as: 'sub' }, write('second'), { ...read('fails', { script: ['fail:DATA_MISSING'] }), after: 'second' }],
    ['first'],
    [part],
  ),
  sub_pattern: plain([{ pattern: 'part', args: { n: 4 }, as: 'sub' }], ['sub'], [part]),
  approved: async (engine) => {
    const started = await engine.start({ steps: [{ approval: { title: 'Go?', timeout: 'PT1H' }, as: 'ok' }, echo('done', '{{state.ok.data}}')], outputs: ['done'] });
    const answer = { path: 'ok', decision: 'approve', data: 'yes', by: userId } as const;
    await until('the run takes an answer', () =>
      started.handle.executeUpdate(approveUpdate, { args: [answer] }).then(() => true, () => false),
    );
    return started;
  },
  cancelled: async (engine) => {
    const key = randomUUID();
    const started = await engine.start({ steps: [write('first'), echo('ready', key), { ...read('slow', { script: ['hang'] }), after: 'ready', timeout: 'PT60S' }], outputs: ['slow'] });
    await until('the slow step runs', async () => JSON.stringify(await started.handle.query('progress')).includes('"slow","kind":"capability"'));
    await started.handle.cancel();
    return started;
  },
}; // prettier-ignore
