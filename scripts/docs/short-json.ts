/** JSON for reading: cut to a number of lines, and what is left out is told where it was. */

interface Limits {
  /** Items of a list that are kept. */
  items: number;
  /** Levels below which objects and lists with anything in them are only counted. */
  depth: number;
  /** Members of an object below the top that are kept. */
  members: number;
  /** Members of the top that are kept; left out: all. */
  top?: number;
  /** Whether conventions and charts are told whole. */
  isWhole?: boolean;
}

/** From generous to strict; the first that fits is taken. */
const attempts: readonly Limits[] = [
  { items: 3, depth: 6, members: 30, isWhole: true },
  { items: 3, depth: 6, members: 30 },
  { items: 2, depth: 5, members: 16 },
  { items: 1, depth: 4, members: 12 },
  { items: 1, depth: 3, members: 12 },
  { items: 1, depth: 3, members: 8 },
  { items: 1, depth: 3, members: 5 },
  { items: 1, depth: 3, members: 3 },
  { items: 1, depth: 3, members: 3, top: 18 },
  { items: 1, depth: 2, members: 3, top: 18 },
];
/** They say how, not what: the first to go. */
const quiet: readonly string[] = ['convention', 'chart', 'windows'];
const longestText = 90;
const width = 100;
const more = '…';

/** The value, cut so that `printed` needs no more than so many lines of it; so far as cutting helps. */
export function shortened(value: unknown, lines: number): unknown {
  const cuts = attempts.map((limits) => cut(value, limits, 0));
  return cuts.find((candidate) => printed(candidate).split('\n').length <= lines) ?? cuts.at(-1);
}

function cut(value: unknown, limits: Limits, level: number, name = ''): unknown {
  if (typeof value === 'string')
    return value.length > longestText ? `${value.slice(0, longestText)}${more}` : value;
  if (value === null || typeof value !== 'object') return value;
  const isCounted = level >= limits.depth || (quiet.includes(name) && limits.isWhole !== true);
  if (Array.isArray(value)) {
    if (value.length > 0 && isCounted) return [`${more} ${String(value.length)} of them`];
    const kept = value.slice(0, limits.items).map((item) => cut(item, limits, level + 1));
    const left = value.length - kept.length;
    return left > 0 ? [...kept, `${more} ${String(left)} more`] : kept;
  }
  const entries = Object.entries(value);
  if (entries.length > 0 && isCounted) return { [more]: membersText(entries.length, '') };
  const kept = entries.slice(0, level === 0 ? (limits.top ?? entries.length) : limits.members);
  const left = entries.length - kept.length;
  return {
    ...Object.fromEntries(kept.map(([key, member]) => [key, cut(member, limits, level + 1, key)])),
    ...(left > 0 && { [more]: membersText(left, 'more ') }),
  };
}

function membersText(count: number, which: string): string {
  return `${String(count)} ${which}${count === 1 ? 'member' : 'members'}`;
}

/** Objects and lists on one line where they fit, as prettier leaves them. */
export function printed(value: unknown, indent = '', before = 0): string {
  const flat = oneLine(value);
  if (indent.length + before + flat.length <= width || value === null || typeof value !== 'object')
    return flat;
  const inner = `${indent}  `;
  const rows = Array.isArray(value)
    ? value.map((item) => `${inner}${printed(item, inner)}`)
    : Object.entries(value).map(([key, member]) => {
        const name = `${JSON.stringify(key)}: `;
        return `${inner}${name}${printed(member, inner, name.length)}`;
      });
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  return `${open}\n${rows.join(',\n')}\n${indent}${close}`;
}

function oneLine(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`;
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}: ${oneLine(member)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}
