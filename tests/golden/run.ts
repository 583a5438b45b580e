/** Runs golden cases: those of others through their maps, and cases in the calculator's own arguments as they are. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pureCaller } from '../../src/cli/pure-caller';
import { differences } from './compare';
import type { Ask, GoldenCase, Maps } from './map';
import { decisionsMaps } from './maps/decisions';
import { holdingsMaps } from './maps/holdings';
import { returnsMaps } from './maps/returns';
import { riskMaps } from './maps/risk';

const maps: Maps = { ...returnsMaps, ...riskMaps, ...holdingsMaps, ...decisionsMaps };

/** A case that names the capability itself. */
interface DirectCase {
  capability: string;
  args: object;
}

export type AnyCase = GoldenCase & Partial<DirectCase>;

/** All cases of a folder's JSON files: `{ measure?, cases: [...] }`, or a list of cases. */
export function readCases(folder: string): AnyCase[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return files.sort().flatMap((file) => {
    const content = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as
      | AnyCase[]
      | { measure?: string; cases: AnyCase[] };
    const measure = path.basename(file, '.json');
    return Array.isArray(content)
      ? content.map((one) => ({ ...one, measure: one.measure ?? measure }))
      : content.cases.map((one) => ({ ...one, measure: one.measure ?? content.measure ?? measure }));
  });
}

const call = pureCaller();

/** @returns what differs, a line each */
export async function runCase(golden: AnyCase): Promise<string[]> {
  const map = maps[golden.id] ?? maps[golden.measure];
  const ask: Ask = (capability, args) => call(capability, args);
  try {
    if (golden.capability !== undefined) {
      const result: unknown = await ask(golden.capability, golden.args ?? {});
      return differences(result, golden.expected, golden.tolerance ?? {});
    }
    if (!map) return [`no map knows ${golden.id} of ${golden.measure}`];
    return differences(await map(golden, ask), golden.expected, golden.tolerance ?? {});
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}
