/** The report of a portfolio on the demo: what is in it, what is not and why, and the same as CSV. */
import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { financialAnalyst } from '../../activities/financial-analyst';
import { reports } from '../../activities/reports';
import type { Catalogue, ResultOf } from '../../src/capabilities';
import { alice, type Analyst, bob, startAnalyst } from '../support/ask-analyst';
import { type PdfText, readPdf } from '../support/pdf-text';

type Holdings = ResultOf<Catalogue['portfolio.get_valued_positions']>;
const ctx = { rights: ['export_pdf', 'export_csv'] };
const template = 'portfolio_report';

let analyst: Analyst;
let holdings: Holdings;
beforeAll(async () => {
  analyst = await startAnalyst(undefined, [financialAnalyst, reports]);
  holdings = await analyst.ask('portfolio.get_valued_positions');
});
afterAll(() => analyst.close());

const pdf = async (sections: object, more: object = {}): Promise<Omit<ResultOf<Catalogue['reports.render_pdf']>, 'pages'> & Pick<PdfText, 'pages'> & { count: number }> => {
  const result = await analyst.ask('reports.render_pdf', { template, portfolio_id: alice.portfolio_id, ...sections }, { ctx, ...more });
  const content = Buffer.from(result.content_base64, 'base64');
  expect(`sha256:${createHash('sha256').update(content).digest('hex')}`).toBe(result.sha256);
  return { ...result, count: result.pages, pages: (await readPdf(content)).pages };
}; // prettier-ignore
/** As pdf.js gives it, cells of a line beside each other. */
const flat = (text: string | undefined): string => (text ?? '').replace(/\s+/g, ' ');

it('has cover, contents with page numbers, and every chapter with the demo’s figures', async () => {
  const [performance, risk, history, currency_attribution] = await Promise.all([
    analyst.ask('metrics.compute_twr'),
    analyst.ask('metrics.compute_risk'),
    analyst.ask('portfolio.historical_nav'),
    analyst.ask('metrics.currency_attribution'),
  ]);
  const report = await pdf({ holdings, performance, risk, history, currency_attribution });
  expect(report).toMatchObject({
    filename: 'DawsOS_Demo-portfolio_2013-02-28.pdf',
    sections: ['holdings', 'performance', 'risk', 'history', 'currency_attribution'],
    withheld: [],
    count: report.pages.length,
  });
  const [cover, ...others] = report.pages.map(flat);
  expect(cover).toContain('Portfolio report Demo portfolio As of 2013-02-28 Counted in CAD');
  expect(cover).toContain('251,642.55');
  const chapters = ['Performance', 'Allocation', 'Holdings', 'Notes and sources'];
  for (const chapter of chapters) {
    const number = others.findIndex((page) => page.startsWith(chapter)) + 2;
    expect(number).toBeGreaterThan(1);
    expect(cover).toMatch(new RegExp(`${chapter} ?${String(number)}\\b`));
  }
  const [shown, allocation, positions, notes] = chapters.map((chapter) => others.find((page) => page.startsWith(chapter)));
  // 100 × the returns of metrics.compute_twr on the demo.
  expect(shown).toMatch(/Since inception 106.51 % 12.49 % 2007-01-02 2013-02-28 1550/);
  expect(shown).toMatch(/USD 75.69 % 125.50 % -15.30 % -2.88 % 107.32 %/);
  expect(shown).toContain('Apr 2012');
  // 0.3777² + 0.1964² + 0.1872² + 0.1764² + 0.0623² = 0.2513, and 1/0.2513 = 4.0
  expect(allocation).toMatch(/0.2513.*4.0.*100.00 %.*5/);
  expect(allocation).toContain('Information Technology (63.6 %)');
  expect(allocation).toMatch(/AAPL Apple Inc. 95,038.00 37.77 % 37.77 % IBM/);
  expect(positions).toMatch(/AAPL Apple Inc. equity USD 210 441.40 95,038.00 38,251.45 56,786.56 37.77 %/);
  expect(positions).toContain('Total 251,642.55');
  expect(notes).toContain('None: every figure of the sections above is there.');
  expect(notes).toContain('Kenneth R. French');
  for (const page of report.pages) {
    expect(page).toContain('pricing pack PP_2013-02-28');
    expect(page).toContain('Source: ECB statistics');
    expect(flat(page)).toMatch(/page \d of \d/);
  }
}); // prettier-ignore

it('repeats the head of many holdings on every page, and shows each once', async () => {
  const [stock] = holdings.positions;
  const positions = Array.from({ length: 150 }, (_, at) => ({ ...stock, symbol: `S${String(at).padStart(3, '0')}` }));
  const report = await pdf({ holdings: { ...holdings, positions } });
  const pages = report.pages.map(flat).filter((page) => /S\d\d\d.*equity/.test(page));
  expect(pages.length).toBeGreaterThan(2);
  for (const page of pages) expect(page).toContain('Symbol Name Class Ccy Quantity Price Value Cost Gain Weight');
  const shown = pages.join(' ').match(/S\d\d\d (?=\S+ Inc\. equity)/g) ?? [];
  expect(new Set(shown).size).toBe(150);
  expect(shown).toHaveLength(150);
}); // prettier-ignore

it('says what is missing and why, and puts nothing in its place', async () => {
  const positions = holdings.positions.map((position) =>
    position.symbol === 'IBM'
      ? { ...position, price: null, value: null, unrealised_gain: null, weight: null, reasons: { price: 'NO_QUOTE', value: 'NO_QUOTE', weight: 'NO_QUOTE', unrealised_gain: 'NO_QUOTE' } }
      : { ...position, weight: null, reasons: { ...position.reasons, weight: 'NO_QUOTE' } },
  );
  const partial = { ...holdings, positions, total_value: null, reasons: { total_value: 'NO_QUOTE' } };
  const text = (await pdf({ holdings: partial })).pages.map(flat).join(' ');
  expect(text).toMatch(/IBM International Business Machines Corp. equity USD 240 n\/a \(no quote\) n\/a \(no quote\) 33,613.94/);
  expect(text).toMatch(/Total n\/a \(no quote\)/);
  expect(text).toMatch(/Concentration \(HHI, 0 to 1\).*n\/a \(missing input\)/);
  expect(text).toContain('holdings positions.IBM.value NO_QUOTE');
  expect(text).toContain('holdings total_value NO_QUOTE');
  expect(text).not.toMatch(/NaN|undefined|null|Infinity/);
}); // prettier-ignore

it('has ratings where some are given, with those below 5 marked', async () => {
  const rated = { security_id: null, symbol: 'AAPL', overall: 4.9, rating_100: 49, grade: 'F', dividend_safety: 3, moat_strength: 6, resilience: 5.3, weight: 0.6, missing: [], reasons: {} };
  const withheld = { ...rated, symbol: 'IBM', overall: null, rating_100: null, grade: null, moat_strength: null, reasons: { overall: 'MISSING_INPUT', moat_strength: 'MISSING_INPUT' } };
  const ratings = {
    overall: null, rating_100: null, grade: null, rated_fraction: 0.6, ratings: [rated, withheld],
    part_weights: { dividend_safety: 0.3, moat_strength: 0.4, resilience: 0.3 },
    method: { name: 'aggregate', version: '1', least_covered_weight: 0.6 },
    chart: { $schema: 'https://vega.github.io/schema/vega-lite/v5.json', data: { values: [{ a: 1 }] }, mark: 'bar', encoding: { x: { field: 'a', type: 'quantitative' } } },
    reasons: { overall: 'MISSING_INPUT' },
  };
  const report = await pdf({ ratings });
  const text = report.pages.map(flat).join(' ');
  expect(text).toMatch(/AAPL 4.9 3.0 6.0 5.3 60.00 % below 5/);
  expect(text).toMatch(/IBM n\/a \(missing input\) 3.0 n\/a \(missing input\) 5.3/);
  // Ratings are made of figures that are the provider's.
  expect(report.attributions.map(({ provider }) => provider)).toEqual(['Financial Modeling Prep']);
}); // prettier-ignore

it('is one page and its notes when nothing is given, and the same to the byte each time', async () => {
  const [first, second] = [await pdf({}), await pdf({})];
  expect(first.pages).toHaveLength(2);
  expect(flat(first.pages[1])).toContain('Your own ledger alone.');
  expect(second.sha256).toBe(first.sha256);
});

it('writes the exact figures as CSV, with provenance and attributions', async () => {
  const { content, filename, media_type, size_bytes } = await analyst.ask('reports.export_csv', { template, portfolio_id: alice.portfolio_id, holdings }, { ctx });
  expect([filename, media_type, size_bytes]).toEqual(['DawsOS_Demo-portfolio_2013-02-28.csv', 'text/csv', Buffer.byteLength(content)]);
  const rows = parse(content);
  const at = rows.findIndex(([name]) => name === 'holdings.positions');
  const [header = [], apple = []] = [rows[at + 1], rows[at + 2]];
  expect([apple[header.indexOf('symbol')], apple[header.indexOf('value')]]).toEqual(['AAPL', '95038.0024373524']);
  const said = Object.fromEntries(rows.map(([name = '', value = '']): [string, string] => [name, value]));
  expect<Record<string, string>>(said).toMatchObject({
    portfolio: 'Demo portfolio',
    'pricing pack': 'PP_2013-02-28',
    'Quandl WIKI': 'Prices: Quandl WIKI Prices (https://data.nasdaq.com/databases/WIKIP)',
    'European Central Bank': 'Source: ECB statistics (https://data.ecb.europa.eu)',
  });
  expect(content.endsWith('\r\n')).toBe(true);
}); // prettier-ignore

it.each(['reports.render_pdf', 'reports.export_csv'] as const)('%s needs the user’s right, and the user’s portfolio', async (name) => {
  const right = name === 'reports.render_pdf' ? 'export_pdf' : 'export_csv';
  const args = { template, portfolio_id: alice.portfolio_id, holdings };
  await expect(analyst.ask(name, args, { ctx: { rights: ['portfolio_read'] } })).rejects.toMatchObject({ code: 'RIGHTS_MISSING', details: { missing: [right] } });
  await expect(analyst.ask(name, args, { owner: bob, ctx })).rejects.toMatchObject({ code: 'PORTFOLIO_NOT_FOUND' });
}); // prettier-ignore
