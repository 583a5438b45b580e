/** What can be said of a request to execute from the request, the user and the pattern alone. */
import { EngineError, type Problem } from '../contract/errors';
import { ExecuteRequest } from '../contract/execution';
import { checkInputs } from '../pattern/inputs';
import { withMeant } from './meant';
import type { Pattern } from '../pattern/schema';
import { compileSchema } from '../validate';
import type { User } from './authenticate';

const bodyProblems = compileSchema(ExecuteRequest);
const bodyMembers = Object.keys(ExecuteRequest.properties);

/** @throws EngineError REQUEST_INVALID with every problem of the body at once */
export function requireRequest(body: unknown): ExecuteRequest {
  const problems = bodyProblems(body);
  if (problems.length > 0) refuseProblems(withMeant(problems, '', bodyMembers));
  const request = body as ExecuteRequest;
  const { asof, asof_date } = request;
  if (asof !== undefined && asof_date !== undefined && asof !== asof_date) {
    refuseProblems([problem('/asof', 'says another day than "asof_date"; give one of them')]);
  }
  return request;
}

/** @throws EngineError RIGHTS_MISSING, which says which */
export function requireRights(pattern: Pattern, user: User): void {
  const missing = (pattern.rights_required ?? []).filter((right) => !user.rights.includes(right));
  if (missing.length === 0) return;
  throw new EngineError('RIGHTS_MISSING', `"${pattern.id}" needs the rights ${missing.join(', ')}.`, {
    missing,
  });
}

/**
 * Inputs with their defaults, and the portfolio: the body's and the inputs' fill each other.
 * @throws EngineError REQUEST_INVALID with every problem at once
 */
export function requireInputs(
  pattern: Pattern,
  request: ExecuteRequest,
): { inputs: Record<string, unknown>; portfolio_id: string | null } {
  const declared = pattern.inputs ?? {};
  const given = request.inputs ?? {};
  const ofBody = request.portfolio_id;
  const ofInputs = Object.hasOwn(given, 'portfolio_id') ? given['portfolio_id'] : undefined;
  const fills = ofBody !== undefined && ofInputs === undefined && Object.hasOwn(declared, 'portfolio_id');
  const { inputs, problems } = checkInputs(declared, fills ? { ...given, portfolio_id: ofBody } : given);
  if (ofBody !== undefined && ofInputs !== undefined && !isSameId(ofBody, ofInputs)) {
    problems.push(problem('/inputs/portfolio_id', 'names another portfolio than the body’s "portfolio_id"'));
  }
  if (problems.length > 0) refuseProblems(withMeant(problems, '/inputs', Object.keys(declared)));
  const portfolio = ofBody ?? inputs['portfolio_id'];
  return { inputs, portfolio_id: typeof portfolio === 'string' ? portfolio : null };
}

function isSameId(a: string, b: unknown): boolean {
  return typeof b === 'string' && a.toLowerCase() === b.toLowerCase();
}

/** @throws EngineError REQUEST_INVALID */
export function refuseProblems(problems: Problem[]): never {
  const [first] = problems;
  const more = problems.length > 1 ? ` (and ${String(problems.length - 1)} more)` : '';
  const hint = first?.suggestion === undefined ? '' : ` (${first.suggestion})`;
  const message = `${first?.pointer ?? ''}: ${first?.message ?? ''}${hint}${more}`;
  throw new EngineError('REQUEST_INVALID', message, { problems });
}

function problem(pointer: string, message: string): Problem {
  return { code: 'REQUEST_INVALID', pointer, message };
}
