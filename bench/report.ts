/** How figures are printed: one line each, with the load of the machine where it matters. */
import os from 'node:os';
import { quantile, type Sample } from './measure';

export type Say = (line: string) => void;

export const ms = (value: number): string => `${value.toFixed(value < 1 ? 3 : 1)} ms`;

export function sampleLine(what: string, { latencies, throughput }: Sample): string {
  const [p50, p95] = [quantile(latencies, 0.5), quantile(latencies, 0.95)];
  return `${what}: p50 ${ms(p50)}  p95 ${ms(p95)}  ${throughput.toFixed(throughput < 10 ? 2 : 0)}/s`;
}

/** A figure and what it should be. */
export function aimLine(what: string, value: number, aim: number, unit: string): string {
  const isMet = unit === '/s' ? value >= aim : value <= aim;
  const sign = unit === '/s' ? '≥' : '≤';
  const text = value >= 100 ? value.toFixed(0) : value.toFixed(3);
  return `  ${isMet ? '✓' : '✗'} ${what}: ${text} ${unit} (aim ${sign} ${String(aim)})`;
}

export function loadLine(): string {
  const load = os.loadavg().map((value) => value.toFixed(1));
  return `${String(os.cpus().length)} cores, load ${load.join(' ')}, node ${process.version}`;
}
