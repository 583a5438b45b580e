/** Patterns that a command names, with what they may run and what they can call. */
import type { Pattern } from '../pattern/schema';
import type { Signatures } from '../pattern/signatures';
import { type PatternFile, selectPatterns } from '../testing/pattern-files';
import { orUsageError } from './cli-error';
import { knownCapabilities } from './known-capabilities';
import { patternsDirOf } from './places';

export interface PatternSet {
  files: PatternFile[];
  others: Pattern[];
  signatures: Signatures;
}

/** @throws CliError when something named is not there, or agents' files have problems */
export function readPatternSet(names: readonly string[], agents: readonly string[]): PatternSet {
  return orUsageError(() => {
    const { files, others } = selectPatterns(names, patternsDirOf(process.env));
    const beside = others.map(({ source }) => source).filter((source) => source !== null) as Pattern[];
    return { files, others: beside, signatures: knownCapabilities(agents) };
  });
}
