/** Results as files: the demo over HTTP and by the command line. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import type { ExecuteResponse } from '../../src/contract/execution';
import { runCli } from '../support/cli';
import { readPdf } from '../support/pdf-text';
import { type Stack, startStack } from '../support/stack';

const alice = 'a11ce000-0000-4000-8000-000000000001';
const portfolio = 'a11ce000-0000-4000-8000-0000000000a1';
const everyRight = ['portfolio_read', 'export_pdf', 'export_csv', 'macro_data_read'];
let stack: Stack;
let overview: ExecuteResponse;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'dawsos-export-'));
  stack = await startStack('shipped');
  overview = await run('portfolio_overview');
}, 120_000);
afterAll(async () => {
  await stack.close();
  rmSync(folder, { recursive: true });
});

async function run(pattern_id: string, inputs = {}): Promise<ExecuteResponse> {
  const body = { pattern_id, portfolio_id: portfolio, mode: 'direct', inputs };
  const answer = await stack.call('/v1/execute', { as: alice, body, rights: everyRight });
  if (answer.status !== 200) throw new Error(answer.text);
  return answer.body as unknown as ExecuteResponse;
}

async function fetchFile(
  query: string,
  of = overview,
  rights = everyRight,
): Promise<{ response: Response; content: Buffer; text: string }> {
  const token = await stack.tokenFor(alice, rights);
  const response = await fetch(`${stack.url}/v1/executions/${of.execution.id}/export?${query}`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  const content = Buffer.from(await response.arrayBuffer());
  return { response, content, text: content.toString() };
}

describe('a result as CSV', () => {
  it('has every figure exact, one section for each table, and says whose data it rests on', async () => {
    const { response, text } = await fetchFile('format=csv&outputs=valued_positions');
    expect(response.status).toBe(200);
    expect(response.headers.get('Content-Type')).toMatch(/^text\/csv/);
    expect(response.headers.get('Content-Disposition')).toBe(
      'attachment; filename="DawsOS_portfolio_overview_Demo-portfolio_2013-02-28.csv"',
    );
    const rows = parse(text);
    const header = rows.find((row) => row.includes('symbol')) ?? [];
    const apple = rows.find((row) => row.includes('AAPL')) ?? [];
    expect(apple[header.indexOf('value')]).toBe('95038.0024373524');
    const said = Object.fromEntries(rows.map(([name = '', value = '']): [string, string] => [name, value]));
    expect<Record<string, string>>(said).toMatchObject({
      'pricing pack': 'PP_2013-02-28',
      'as of': '2013-02-28',
      'ledger commit': overview.trace.ledger_commit_hash,
      'Quandl WIKI': 'Prices: Quandl WIKI Prices (https://data.nasdaq.com/databases/WIKIP)',
      'European Central Bank': 'Source: ECB statistics (https://data.ecb.europa.eu)',
    });
    expect(text).not.toContain('currency_attr.by_period');
  });
});

describe('a result as JSON', () => {
  it('has the outputs as they were answered, and the providers of each', async () => {
    const { text } = await fetchFile('format=json');
    const exported: unknown = JSON.parse(text);
    expect(exported).toMatchObject({
      data: overview.data,
      fingerprint: overview.trace.fingerprint,
      providers: { valued_positions: ['European Central Bank', 'Quandl WIKI'] },
      left_out: [],
    });
  });
});

describe('a result as PDF', () => {
  it('shows figures and charts, and on every page pack, ledger commit, day, attributions and number', async () => {
    const { response, content } = await fetchFile('format=pdf');
    expect(response.headers.get('Content-Type')).toBe('application/pdf');
    const { pages, info } = await readPdf(content);
    expect(pages.length).toBeGreaterThan(1);
    for (const [at, page] of pages.entries()) {
      expect(page).toContain('pricing pack PP_2013-02-28');
      expect(page).toContain(`ledger commit ${overview.trace.ledger_commit_hash ?? ''}`);
      expect(page).toContain('As of 2013-02-28');
      expect(page).toContain('Source: ECB statistics · Prices: Quandl WIKI Prices');
      expect(page).toContain(`page ${String(at + 1)} of ${String(pages.length)}`);
    }
    const whole = pages.join('\n');
    expect(whole).toContain('95038.0024');
    expect(whole).toContain('Allocation, as of 2013-02-28');
    expect(whole).not.toContain('cannot be drawn');
    expect(info).toMatchObject({ CreationDate: 'D:20130228000000Z' });
    // Charts are lines and text: no picture is in the file.
    expect(content.includes('/Subtype /Image')).toBe(false);
  });

  it('is the same to the byte each time, made by another process, and by the command line', async () => {
    const [first, second] = [await fetchFile('format=pdf'), await fetchFile('format=pdf')];
    expect(first.content.length).toBeGreaterThan(10_000);
    expect(second.content.equals(first.content)).toBe(true);
    const cli = await runCli(
      ['export', overview.execution.id, '--format', 'pdf', '--url', stack.url, '--token', await stack.tokenFor(alice, everyRight)],
      { cwd: folder },
    );
    expect(cli).toMatchObject({ code: 0, stdout: '' });
    const name = 'DawsOS_portfolio_overview_Demo-portfolio_2013-02-28.pdf';
    expect(cli.stderr).toContain(`wrote ${name}`);
    expect(readFileSync(path.join(folder, name)).equals(first.content)).toBe(true);
  }); // prettier-ignore
});

describe('what may not be taken away', () => {
  it('is refused with the output, the provider and the right, and the rest can be had by naming it', async () => {
    const review = await run('performance_review');
    const refused = await fetchFile('format=csv', review);
    expect(refused.response.status).toBe(403);
    const problem = JSON.parse(refused.text) as { detail: string; allowed: string[] };
    expect(problem).toMatchObject({
      code: 'EXPORT_REFUSED',
      refusals: [
        { output: 'benchmark', provider: 'S&P Dow Jones Indices', source: 'index SP500', right: 'csv', reason: 'RIGHT_NOT_GRANTED' },
      ],
    });
    expect(problem.detail).toContain(`outputs=${problem.allowed.join(',')}`);
    const rest = await fetchFile(`format=csv&outputs=${problem.allowed.join(',')}`, review);
    expect(rest.response.status).toBe(200);
    expect(rest.text).toContain('outputs left out,benchmark');
    expect(rest.text).toContain('Kenneth R. French');
    expect(rest.text).not.toContain('S&P Dow Jones');
  }); // prettier-ignore

  it('is refused where the pattern does not allow the format', async () => {
    const annualised = await run('annualised_return');
    const { response, text } = await fetchFile('format=pdf', annualised);
    expect(response.status).toBe(403);
    expect(JSON.parse(text)).toMatchObject({
      code: 'EXPORT_REFUSED',
      refusals: [{ right: 'pdf', reason: 'PATTERN_FORBIDS' }],
    });
  });

  it.each([
    ['csv', 'export_csv'],
    ['json', 'export_csv'],
    ['pdf', 'export_pdf'],
  ])('is refused as %s to who has no right %s', async (format, right) => {
    const rights = everyRight.filter((name) => name !== right);
    const { response, text } = await fetchFile(`format=${format}`, overview, rights);
    expect(response.status).toBe(403);
    expect(JSON.parse(text)).toMatchObject({ code: 'RIGHTS_MISSING', missing: [right] });
  });

  it('looks like nothing to somebody else', async () => {
    const route = `/v1/executions/${overview.execution.id}/export?format=csv`;
    const bob = 'b0b00000-0000-4000-8000-000000000002';
    expect(await stack.call(route, { as: bob, rights: everyRight })).toMatchObject({ status: 404 });
  });

  it('is told which outputs there are when one is named that is not', async () => {
    const { response, text } = await fetchFile('format=csv&outputs=nothing_like_it');
    expect(response.status).toBe(400);
    expect(text).toContain('valued_positions');
  });
});

describe('the command line', () => {
  it('writes to standard output, and over no file that is there', async () => {
    const token = await stack.tokenFor(alice, everyRight);
    const args = ['export', overview.execution.id, '--format', 'csv', '--url', stack.url, '--token', token];
    const piped = await runCli([...args, '-o', '-', '--outputs', 'perf_metrics']);
    expect(piped).toMatchObject({ code: 0, stderr: '' });
    expect(piped.stdout).toContain('pricing pack,PP_2013-02-28');
    const file = path.join(folder, 'there.csv');
    writeFileSync(file, 'mine');
    expect(await runCli([...args, '-o', file])).toMatchObject({ code: 2 });
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  it('ends as refused and says whose data it is', async () => {
    const review = await run('performance_review');
    const token = await stack.tokenFor(alice, everyRight);
    const { code, stderr } = await runCli(['export', review.execution.id, '--format', 'pdf', '--url', stack.url, '--token', token]);
    expect(code).toBe(4);
    expect(stderr).toContain('EXPORT_REFUSED');
    expect(stderr).toContain('S&P Dow Jones Indices');
  }); // prettier-ignore
});

describe('the pattern export_portfolio_report', () => {
  interface Report {
    sections: string[];
    withheld: object[];
    sha256: string;
    content_base64: string;
  }
  const reportOf = (answer: ExecuteResponse): Report => answer.data['pdf_result'] as Report;

  it('makes a PDF of holdings and performance, the same each time', async () => {
    const report = reportOf(await run('export_portfolio_report'));
    expect(report).toMatchObject({
      filename: 'DawsOS_Demo-portfolio_2013-02-28.pdf',
      sections: ['holdings', 'performance', 'risk', 'history', 'currency_attribution'],
      withheld: [],
    });
    const content = Buffer.from(report.content_base64, 'base64');
    expect(`sha256:${createHash('sha256').update(content).digest('hex')}`).toBe(report.sha256);
    const { pages } = await readPdf(content);
    expect(pages.join('\n')).toContain('95,038.00');
    expect(pages[0]).toContain('pricing pack PP_2013-02-28');
    expect(reportOf(await run('export_portfolio_report')).sha256).toBe(report.sha256);
  });

  it('withholds the regime, whose credit spread is Moody’s, and says so', async () => {
    const wanted = { include_macro: true, include_holdings: false, include_performance: false };
    expect(reportOf(await run('export_portfolio_report', wanted))).toMatchObject({
      sections: [],
      withheld: [{ section: 'regime', provider: 'Moody’s', right: 'pdf' }],
    });
  });

  it.each([
    [{ include_holdings: false }, ['performance', 'risk', 'history', 'currency_attribution']],
    [{ include_performance: false }, ['holdings']],
  ])('has what is wanted and nothing else: %j', async (inputs, sections) => {
    expect(reportOf(await run('export_portfolio_report', inputs)).sections).toEqual(sections);
  });

  it('is refused to who may not export', async () => {
    const body = { pattern_id: 'export_portfolio_report', portfolio_id: portfolio };
    const answer = await stack.call('/v1/execute', { as: alice, body, rights: ['portfolio_read'] });
    expect(answer).toMatchObject({ status: 403, body: { code: 'RIGHTS_MISSING', missing: ['export_pdf'] } });
  });
});
