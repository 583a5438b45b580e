/** References to a step whose name may not be: they are right as soon as the name is, so they are no mistakes of their own. */
import type { Checking } from './check-session';
import { parseReference, type Reference } from './reference';

/** Whether a reference that names nothing means such a step. */
export function meansMisnamed({ text }: Reference, { misnamed }: Pick<Checking, 'misnamed'>): boolean {
  if (misnamed.size === 0) return false;
  const bare = text.replace(/^(state|steps)\./, '');
  return [...misnamed].some((name) =>
    [text, bare].some((path) => path === name || path.startsWith(`${name}.`)),
  );
}

/** Whether a text holds such a name that no reference can be read with: then nothing can be said of the text. */
export function holdsUnreadableName(text: string, { misnamed }: Pick<Checking, 'misnamed'>): boolean {
  return [...misnamed].some((name) => /\w/.test(name) && !isReadable(name) && holdsWord(text, name));
}

function isReadable(name: string): boolean {
  try {
    parseReference(`state.${name}`);
    return /^[A-Za-z_]\w*$/.test(name);
  } catch {
    return false;
  }
}

function holdsWord(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const around = [text[at - 1], text[at + name.length]];
    if (!around.some((letter) => letter !== undefined && /\w/.test(letter))) return true;
  }
  return false;
}
