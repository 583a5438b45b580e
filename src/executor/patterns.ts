/** `GET /v1/patterns`: what can be run, with what inputs and rights, and what is wrong with what cannot. */
import { type Static, Type } from '@sinclair/typebox';
import type { RequestHandler } from 'express';
import { Nullable } from '../contract/scalars';
import { inputsSchema } from '../pattern/inputs';
import type { PatternStore, StoredPattern } from './pattern-store';

export const ProblemItem = Type.Object(
  {
    code: Type.String(),
    pointer: Type.String({ description: 'JSON Pointer (RFC 6901) to the place' }),
    message: Type.String(),
    suggestion: Type.Optional(Type.String()),
  },
  { additionalProperties: false, title: 'Problem' },
);

export const PatternListing = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    description: Type.String(),
    category: Type.String(),
    version: Type.String(),
    sha256: Nullable(Type.String({ description: 'of the pattern’s canonical JSON; null when it is broken' })),
    inputs: Type.Unknown({ description: 'JSON Schema 2020-12 of the inputs' }),
    rights_required: Type.Array(Type.String()),
    broken: Type.Boolean(),
    problems: Type.Array(ProblemItem),
  },
  { additionalProperties: false, title: 'PatternListing' },
);
export type PatternListing = Static<typeof PatternListing>;

/** A plain list, as the specification's own `/patterns` answers. */
export const PatternList = Type.Array(PatternListing);

export function listPatterns(store: PatternStore): RequestHandler {
  // Patterns do not change while the process lives, so neither does the answer.
  const patterns = [...store.values()].map(toListing).sort((a, b) => (a.id < b.id ? -1 : 1));
  return (_req, res) => {
    res.json(patterns);
  };
}

/** How one is shown. */
export function toListing({ id, file, pattern, plan, problems }: StoredPattern): PatternListing {
  return {
    id,
    name: pattern?.name ?? id,
    description: pattern?.description ?? '',
    category: pattern?.category ?? file.split(/[\\/]/).at(-2) ?? '',
    version: pattern?.version ?? '1.0.0',
    sha256: plan?.pattern.sha256 ?? null,
    inputs: inputsSchema(pattern?.inputs ?? {}),
    rights_required: pattern?.rights_required ?? [],
    broken: plan === null,
    problems,
  };
}
