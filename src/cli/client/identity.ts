/** Who asks: the demo's users by a letter or name, anybody else by id, and the rights of a token. */
import { usageError } from '../cli-error';
import { lazy } from '../lazy';

/** @throws CliError for what is neither a demo user nor a UUID */
export function userOf(given: string, option: string): string {
  const { demoUsers } = lazy.embeddedKeys();
  const users = new Map([
    ...(['a', 'alice'] as const).map((name) => [name, demoUsers.a] as [string, string]),
    ...(['b', 'bob'] as const).map((name) => [name, demoUsers.b] as [string, string]),
  ]);
  const id = users.get(given.toLowerCase()) ?? given;
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) return id;
  throw usageError(`${option} ${given} is neither a (Alice), b (Bob) nor a UUID`);
}

export function rightsOf(list: string): string[] {
  return list
    .split(',')
    .map((right) => right.trim())
    .filter((right) => right !== '');
}
