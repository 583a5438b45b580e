/** Who asks: the demo's users by a letter or name, anybody else by id, and the rights of a token. */
import { demoUsers } from '../../executor/embedded-keys';
import { CliFailure } from '../failure';

const users: Readonly<Record<string, string>> = {
  a: demoUsers.a,
  alice: demoUsers.a,
  b: demoUsers.b,
  bob: demoUsers.b,
};

/** @throws CliFailure for what is neither a demo user nor a UUID */
export function userOf(given: string, option: string): string {
  const name = given.toLowerCase();
  const id = Object.hasOwn(users, name) ? users[name] : given;
  if (id !== undefined && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) return id;
  throw new CliFailure('usage', `error: ${option} ${given} is neither a (Alice), b (Bob) nor a UUID`);
}

export function rightsOf(list: string): string[] {
  return list
    .split(',')
    .map((right) => right.trim())
    .filter((right) => right !== '');
}
