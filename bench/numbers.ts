/** Finance maths: a portfolio of 500 positions over ten years against NumPy on the same numbers, and XIRR a second. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { installFromPip } from '../src/embedded/pip';
import { attributeByCurrency } from '../src/services/currency-attribution';
import { dailyValues } from '../src/services/daily-values';
import { drawdown } from '../src/services/drawdown';
import { moneyWeightedReturn } from '../src/services/money-weighted-return';
import { type PositionHistory, positionHistory } from '../src/services/position-history';
import { timeWeightedReturn } from '../src/services/returns';
import { riskStatistics } from '../src/services/risk-statistics';
import { valuePoints } from '../src/services/window';
import { wealthPath } from '../src/services/wealth-path';
import { addDays } from '../src/services/dates';
import { generator, makeMarket } from './market';
import { median } from './measure';
import { aimLine, ms, type Say } from './report';

const numpy = 'numpy==2.2.6';

export async function benchNumbers(say: Say, { quick }: { quick: boolean }): Promise<void> {
  benchXirr(say, quick ? 2_000 : 20_000);
  const market = makeMarket(500, quick ? 505 : 2_521);
  const { inputs } = market;
  const [values, exactly] = timed(1, () => dailyValues(inputs).values);
  const [history, loaded] = timed(1, () => positionHistory(inputs, [], values));
  const points = valuePoints(values);
  const [twr, twrMs] = timed(101, () => timeWeightedReturn(points));
  const returns = twr.sub_periods.map((period) => period.return);
  const [risk, riskMs] = timed(101, () => riskStatistics({ returns, periods_per_year: 252 }));
  const [falls, fallsMs] = timed(101, () => drawdown(wealthPath({ returns })));
  const [attribution, attributionMs] = timed(7, () => attributeByCurrency(history));
  if ('reason' in attribution)
    throw new Error(`the invented portfolio has no attribution: ${attribution.reason}`);
  const size = `${String(market.count)} positions, ${String(inputs.dates.length)} days`;
  say(`${size}: exact values of every day ${ms(exactly)}, history of every position ${ms(loaded)}`);
  const theirs = await askNumpy(history);
  if (typeof theirs === 'string') {
    say(`  NumPy is not available (${theirs}): no ratios`);
    return;
  }
  agree('TWR', twr.cumulative, theirs.twr);
  agree('volatility', risk.volatility, theirs.risk['volatility']);
  agree('stability', risk.stability, theirs.risk['stability']);
  agree('skewness', risk.skewness, theirs.risk['skewness']);
  agree('max drawdown', falls.max_drawdown, theirs.drawdown['max_drawdown']);
  agree('attribution', attribution.total, theirs.attribution.total);
  const rows: [what: string, ours: number, theirs: number][] = [
    ['time-weighted return', twrMs, theirs.twr_ms],
    ['risk statistics', riskMs, theirs.risk_ms],
    ['drawdown', fallsMs, theirs.drawdown_ms],
    ['currency attribution', attributionMs, theirs.attribution_ms],
  ];
  for (const [what, mine, other] of rows)
    say(`  ${what}: ${ms(mine)}, NumPy ${theirs.numpy} ${ms(other)}, ${(mine / other).toFixed(2)} ×`);
  const sum = (pick: 1 | 2): number => rows.reduce((total, row) => total + row[pick], 0);
  say(aimLine('all four / the same in NumPy', sum(1) / sum(2), 3, '×'));
}

/** Monthly payments over one to ten years, and what they are worth in the end. */
function benchXirr(say: Say, count: number): void {
  const next = generator(7);
  const cases = Array.from({ length: count }, () => {
    const flows = Array.from({ length: 12 + Math.floor(next() * 108) }, (_, i) => ({
      date: addDays('2003-01-15', i * 30 + Math.floor(next() * 20)),
      amount: -1000 * next(),
    }));
    const paid = flows.reduce((sum, { amount }) => sum - amount, 0);
    const final = { date: addDays('2003-01-15', flows.length * 30 + 30), amount: paid * (0.6 + next()) };
    return { flows, final };
  });
  const begun = performance.now();
  const solved = cases.filter(
    ({ flows, final }) => moneyWeightedReturn(flows, { final }).xirr !== null,
  ).length;
  const perSecond = (count / (performance.now() - begun)) * 1000;
  say(`XIRR of 12 to 120 payments: ${String(solved)} of ${String(count)} solved`);
  say(aimLine('XIRR solutions on one core', perSecond, 10_000, '/s'));
}

/** The result, and the median time in milliseconds. */
function timed<T>(rounds: number, work: () => T): [T, number] {
  const spent: number[] = [];
  let result = work();
  for (let round = 0; round < rounds; round += 1) {
    const begun = performance.now();
    result = work();
    spent.push(performance.now() - begun);
  }
  return [result, median(spent)];
}

/** Two programs that are timed on different arithmetic prove nothing. */
function agree(what: string, ours: number | null, theirs: number | undefined): void {
  const isSame =
    ours !== null && theirs !== undefined && Math.abs(ours - theirs) <= 1e-9 * Math.max(1, Math.abs(ours));
  if (!isSame) throw new Error(`${what}: ${String(ours)} here, ${String(theirs)} in NumPy`);
}

interface Theirs {
  numpy: string;
  twr: number;
  twr_ms: number;
  risk: Record<string, number>;
  risk_ms: number;
  drawdown: Record<string, number>;
  drawdown_ms: number;
  attribution: { total: number };
  attribution_ms: number;
}

/** Why not, where there is no Python with NumPy and none can be installed. */
async function askNumpy(history: PositionHistory): Promise<Theirs | string> {
  const packages = path.join(os.homedir(), '.cache', 'dawsos', numpy.replace('==', '-'));
  const missing = existsSync(packages) ? null : await installFromPip(numpy, packages);
  if (missing !== null) return missing;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'dawsos-numbers-'));
  try {
    writeInputs(folder, history);
    const env = { ...process.env, PYTHONPATH: packages, OMP_NUM_THREADS: '1' };
    const script = path.resolve('bench/in_numpy.py');
    return JSON.parse(execFileSync('python3', [script, folder], { encoding: 'utf8', env })) as Theirs;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function writeInputs(
  folder: string,
  { dates, value, external_flow, rates, positions }: PositionHistory,
): void {
  const write = (name: string, arrays: Float64Array[]): void => {
    const bytes = arrays.map((array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength));
    writeFileSync(path.join(folder, `${name}.f64`), Buffer.concat(bytes));
  };
  const shape = { days: dates.length, positions: positions.length };
  writeFileSync(path.join(folder, 'shape.json'), JSON.stringify(shape));
  write('values', [value]);
  write('flows', [external_flow]);
  write(
    'local',
    positions.map((position) => position.value),
  );
  write(
    'gain',
    positions.map(({ gain }) => gain),
  );
  write(
    'rate',
    positions.map(({ currency }) => rates.of(currency)),
  );
}
