import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { allocationChart } from '../../src/services/charts';
import type { PdfRequest } from '../../src/export/pdf-sections';
import { createPdfRenderer, type PdfRenderer } from '../../src/export/render-pdf';
import type { RenderLimits } from '../../src/export/render-limits';

const run = promisify(execFile);
const chart = allocationChart(
  [{ symbol: 'AAPL', asset_class: 'equity', currency: 'USD', weight: 0.6 }],
  '2013-02-28',
);
const small: PdfRequest = {
  title: 'Small', subtitle: 'as of 2013-02-28', asof_date: '2013-02-28', footer: ['Own data'],
  sections: [{ kind: 'chart', title: 'Allocation', spec: chart }],
}; // prettier-ignore
const rows = Array.from({ length: 3000 }, (_, at) => [String(at), 'text of a cell']);
const large: PdfRequest = {
  ...small,
  sections: [{ kind: 'table', title: 'Rows', columns: ['a', 'b'], rows, note: null }],
};
let renderer: PdfRenderer | undefined;

afterEach(() => renderer?.close());

function withLimits(limits: Partial<RenderLimits>): PdfRenderer {
  renderer = createPdfRenderer(limits);
  return renderer;
}

const hashOf = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
/** The kept processes of this test's own. */
const kept = async (): Promise<number[]> => {
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=,args=']);
  return stdout.split('\n').flatMap((line) => {
    const [, pid, parent] = /^\s*(\d+)\s+(\d+).*pdf-process/.exec(line) ?? [];
    return Number(parent) === process.pid ? [Number(pid)] : [];
  });
};

jest.setTimeout(120_000);

describe('making PDFs in kept processes', () => {
  it('gives the same bytes by the same process, after another document, and by another process', async () => {
    const { render, size } = withLimits({});
    const first = await render(small);
    await render({ ...large, sections: large.sections.concat(small.sections) });
    const again = await render(small);
    expect(size()).toBe(1);
    renderer?.close();
    const other = await withLimits({}).render(small);
    expect(first.pages).toBe(1);
    expect([again, other].map(({ content }) => hashOf(content))).toEqual(Array(2).fill(hashOf(first.content)));
  }); // prettier-ignore

  it('gives the same bytes whatever zone and language its owner has', async () => {
    const here = hashOf((await withLimits({}).render(small)).content);
    const program = `
      const { createPdfRenderer } = require(${JSON.stringify(require.resolve('../../src/export/render-pdf'))});
      const renderer = createPdfRenderer();
      renderer.render(${JSON.stringify(small)}).then(({ content }) => {
        process.stdout.write(require('node:crypto').createHash('sha256').update(content).digest('hex'));
      });`;
    const env = { ...process.env, TZ: 'Pacific/Auckland', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' };
    const loader = require.resolve('tsx/cjs');
    // That it ends at all shows that a process without work keeps nobody.
    const { stdout } = await run(process.execPath, ['--require', loader, '--eval', program], { env });
    expect(stdout).toBe(here);
  });

  it('stops at the time limit, and makes the next one', async () => {
    const { render, size } = withLimits({ milliseconds: 300 });
    await expect(render(large)).rejects.toMatchObject({
      code: 'EXPORT_TOO_LARGE',
      message: expect.stringContaining('takes longer than 0.3 s') as string,
    });
    expect(size()).toBe(0);
    renderer?.close();
    expect((await withLimits({}).render(small)).pages).toBe(1);
  });

  it('refuses a file that is too large, and keeps the process', async () => {
    const { render, size } = withLimits({ bytes: 1000 });
    await expect(render(small)).rejects.toMatchObject({
      code: 'EXPORT_TOO_LARGE',
      message: expect.stringContaining('more than 1000') as string,
    });
    expect(size()).toBe(1);
  });

  it('refuses what needs too much memory', async () => {
    const { render } = withLimits({ memoryMegabytes: 48 });
    const wide = Array.from({ length: 40 }, (_, at) => ({ ...large.sections[0], title: String(at) }));
    await expect(render({ ...large, sections: wide as PdfRequest['sections'] })).rejects.toMatchObject({
      code: 'EXPORT_TOO_LARGE',
      message: expect.stringContaining('more than 48 MB of memory') as string,
    });
  });

  it('makes one after the other, and refuses when too many wait', async () => {
    const { render, size } = withLimits({ atOnce: 1, waiting: 1 });
    const [first, second] = [render(small), render(small)];
    await expect(render(small)).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      details: { retry_after_seconds: 5 },
    });
    expect((await first).content.equals((await second).content)).toBe(true);
    expect(size()).toBe(1);
  });

  it('stops when nobody waits any more, in line or at work', async () => {
    const { render, size } = withLimits({ atOnce: 1 });
    const [working, waiting] = [new AbortController(), new AbortController()];
    const [first, second] = [render(large, working.signal), render(small, waiting.signal)];
    const third = render(small);
    waiting.abort();
    await expect(second).rejects.toMatchObject({ code: 'EXECUTION_CANCELLED' });
    working.abort();
    await expect(first).rejects.toMatchObject({ code: 'EXECUTION_CANCELLED' });
    expect((await third).pages).toBe(1);
    expect(size()).toBe(1);
    await expect(render(small, AbortSignal.abort())).rejects.toMatchObject({ code: 'EXECUTION_CANCELLED' });
  });

  it('replaces a process after some documents, and after a while without any', async () => {
    const { render, size } = withLimits({ served: 1 });
    await render(small);
    expect(size()).toBe(0);
    const idle = withLimits({ idleMilliseconds: 50 });
    await idle.render(small);
    expect(idle.size()).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(idle.size()).toBe(0);
  });

  it('makes a document again whose kept process died of something else', async () => {
    const { render } = withLimits({});
    await render(small);
    const [pid = 0] = await kept();
    const second = render(small);
    process.kill(pid, 'SIGKILL');
    expect((await second).pages).toBe(1);
    expect(await kept()).not.toContain(pid);
  });

  it('leaves no process behind when it is closed', async () => {
    const { render, close, size } = withLimits({});
    await render(small);
    close();
    expect(size()).toBe(0);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await kept()).toEqual([]);
  });
});
