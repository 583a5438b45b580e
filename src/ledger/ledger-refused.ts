/** Why a ledger is not imported: everything that its author, or the operator, has to settle first. */
import type { LedgerProblem } from './entries';

export class LedgerRefused extends Error {
  readonly code: 'LEDGER_INVALID' | 'COMMODITY_UNKNOWN';
  readonly problems: readonly LedgerProblem[];

  constructor(code: LedgerRefused['code'], problems: readonly LedgerProblem[]) {
    super(problems.map(({ file, line, message }) => `${file}:${String(line)}: ${message}`).join('\n'));
    this.name = 'LedgerRefused';
    this.code = code;
    this.problems = problems;
  }
}
