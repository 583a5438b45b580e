/** Named objects that arguments and results are made of: each is told once. */
import type { TSchema } from '@sinclair/typebox';
import { type Described, isShape, members, typeOf } from './capability-members';

interface Shape {
  title: string;
  text: string;
}

/** By title. */
export function shapesOf(capabilities: readonly { args: TSchema; result: TSchema }[]): Shape[] {
  const found = new Map<string, Described>();
  for (const { args, result } of capabilities) {
    collect(args, found);
    collect(result, found);
  }
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([title, schema]) => ({ title, text: textOf(schema) }));
}

function collect(schema: Described, found: Map<string, Described>): void {
  if (isShape(schema)) {
    if (found.has(schema.title)) return;
    found.set(schema.title, schema);
  }
  const inner = [
    ...Object.values(schema.properties ?? {}),
    ...Object.values(schema.patternProperties ?? {}),
    ...(schema.anyOf ?? []),
    ...(schema.items ? [schema.items] : []),
  ];
  inner.forEach((each) => collect(each, found));
}

function textOf(schema: Described): string {
  const { description, anyOf } = schema;
  const kinds = (anyOf ?? []).map((kind) =>
    kind.title === undefined && kind.properties !== undefined ? members(kind) : `- ${typeOf(kind)}`,
  );
  const body = anyOf ? ['One of:', ...kinds].join('\n\n') : members(schema);
  return description === undefined ? body : `${description}\n\n${body}`;
}
