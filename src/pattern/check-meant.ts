/** What was meant by a path that begins with no known word and no step's name: `input.days`, `stat.valued`, `days`. */
import type { Found } from './check-references';
import { type CheckScope, findLocalType, visibleNames } from './check-scope';
import type { Checking } from './check-session';
import { nearest } from './nearest';
import { type Root, roots } from './reference';
import { localNames, type LocalName } from './scope';

/** Words of other tools, which are near to none of ours. */
const otherWords: Readonly<Record<string, Root>> = {
  ...{ context: 'ctx', params: 'inputs', parameters: 'inputs', args: 'inputs' },
  ...{ output: 'state', outputs: 'state', result: 'state', results: 'state' },
};

/** @param tryPath what is wrong with another path; `null` when nothing is */
export function suggestPath(
  text: string,
  scope: CheckScope,
  checking: Checking,
  contextNames: readonly string[],
  tryPath: (text: string) => Found['wrong'],
): string | undefined {
  const [head = '', ...rest] = text.split('.');
  const names = visibleNames(scope);
  if (names.includes(head)) return `did you mean state.${text}?`;
  if (Object.hasOwn(checking.pattern.inputs ?? {}, head)) return `did you mean inputs.${text}?`;
  if (contextNames.includes(head)) return `did you mean ctx.${text}?`;
  const root = meantRoot(head, scope);
  const step = (): string | undefined => checking.suggest(head, names, 'state.');
  if (root === null || rest.length === 0) return step();
  const path = [root, ...rest].join('.');
  const wrong = tryPath(path);
  if (wrong === null) return `did you mean ${path}?`;
  return wrong.suggestion ?? step() ?? `did you mean ${root}?`;
}

function meantRoot(head: string, scope: CheckScope): Root | null {
  const root = Object.hasOwn(otherWords, head) ? otherWords[head] : nearest(head, roots);
  const isLocal = (localNames as readonly string[]).includes(root ?? '');
  return isLocal && !findLocalType(scope, root as LocalName) ? null : ((root ?? null) as Root | null);
}
