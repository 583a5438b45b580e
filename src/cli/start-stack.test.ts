import { startOptions } from './start-options';
import { createStack } from './start-stack';

describe('the stack of what runs', () => {
  it('stops the newest first, each once, also when one fails', async () => {
    const stopped: string[] = [];
    const failures: string[] = [];
    const stack = createStack((name) => void failures.push(name));
    for (const name of ['PostgreSQL', 'worker', 'API']) {
      await stack.add(name, async () => {
        stopped.push(name);
        if (name === 'worker') throw new Error('no');
      });
    }
    await Promise.all([stack.stopAll(), stack.stopAll()]);
    expect(stopped).toEqual(['API', 'worker', 'PostgreSQL']);
    expect(failures).toEqual(['worker']);
  });

  it('stops at once what comes up after the stop began', async () => {
    const stack = createStack(() => undefined);
    await stack.stopAll();
    const stop = jest.fn(async () => undefined);
    await stack.add('late', stop);
    expect(stop).toHaveBeenCalledTimes(1);
  });
});

describe('startOptions', () => {
  it('takes the environment where nothing is said', () => {
    expect(startOptions({}, { PORT: '9000', DATA_DIR: '/somewhere' })).toEqual({
      port: 9000,
      dataDir: '/somewhere',
      once: false,
    });
    expect(startOptions({ once: true, port: '0', data: '/else' }, { PORT: '9000' })).toEqual({
      port: 0,
      dataDir: '/else',
      once: true,
    });
  });

  it.each(['x', '-1', '65536', ''])('refuses the port "%s"', (port) => {
    expect(() => startOptions({ port }, {})).toThrow('is not a port');
  });
});
