/** How a nightly order that failed is told on the command line: stage, code, each difference, and what to do. */
import { WorkflowFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { errorCodes, isErrorCode } from '../../contract/errors';
import type { ReconciledDifference } from '../../ledger/reconciliation';
import type { PackDifference } from '../../packs/pack-differences';
import { CliError } from '../cli-error';
import { exitCodes } from '../exit-codes';

/** Of a ledger and the database, or of two contents of a pack. */
type Difference = PackDifference | (ReconciledDifference & { portfolio_id: string });

interface FailureDetails {
  stage?: string;
  differences?: Difference[];
  failures?: { portfolio_id: string; code: string; message: string }[];
}

/** The error as it is where it is none of the order's own. */
export function orderFailure(error: unknown): unknown {
  const cause = error instanceof WorkflowFailedError ? error.cause : null;
  if (!(cause instanceof ApplicationFailure)) return error;
  const [details = {}] = (cause.details ?? []) as FailureDetails[];
  const code = cause.type ?? 'INTERNAL';
  return new CliError(exitCodes.problems, {
    code,
    detail: cause.message,
    step: details.stage ?? null,
    ...(isErrorCode(code) && { action: errorCodes[code].action }),
    problems: problemsIn(details),
  });
}

/** An operator may see whose they are; the API tells each user its own. */
function problemsIn({
  differences = [],
  failures = [],
}: FailureDetails): { pointer: string; message: string }[] {
  return [
    ...differences.map((one) => ('what' in one ? ofContents(one) : ofLedger(one))),
    ...failures.map(({ portfolio_id, code, message }) => ({
      pointer: `portfolio ${portfolio_id}`,
      message: `${code}: ${message}`,
    })),
  ];
}

function ofContents({ what, stored, offered }: PackDifference): { pointer: string; message: string } {
  return {
    pointer: what,
    message: `${stored ?? 'missing'} in the pack, ${offered ?? 'missing'} in the source`,
  };
}

function ofLedger({
  portfolio_id,
  kind,
  commodity,
  expected,
  actual,
  first_date,
}: ReconciledDifference & { portfolio_id: string }): { pointer: string; message: string } {
  const what = `${kind.replace('_', ' ')} of ${commodity ?? 'the whole'}`;
  return {
    pointer: `portfolio ${portfolio_id}`,
    message: `${what}: ${expected} by the ledger, ${actual} by the database, since ${first_date}`,
  };
}
