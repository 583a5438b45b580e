/** `npm run golden -- DIR`: runs the golden cases of a folder, a line each; ends with `N passed, N failed`. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { readCases, runCase } from '../tests/golden/run';

async function main([folder = path.join(__dirname, '../tests/golden'), ...more]: string[]): Promise<number> {
  if (folder === '--help' || more.length > 0) {
    process.stdout.write(
      'Usage: npm run golden -- [DIR]\n\nRuns the golden cases of a folder (default tests/golden).\n',
    );
    return folder === '--help' ? 0 : 2;
  }
  if (!existsSync(folder)) {
    process.stderr.write(`There is no folder ${folder}.\n`);
    return 2;
  }
  let [passed, failed] = [0, 0];
  for (const golden of readCases(folder)) {
    const wrong = await runCase(golden);
    if (wrong.length === 0) passed += 1;
    else failed += 1;
    const sign = wrong.length === 0 ? '✓' : '✗';
    process.stdout.write(
      `${sign} ${golden.id}: ${golden.case ?? ''}\n${wrong.map((line) => `    ${line}\n`).join('')}`,
    );
  }
  process.stdout.write(`\n${String(passed)} passed, ${String(failed)} failed\n`);
  return failed === 0 ? 0 : 1;
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
