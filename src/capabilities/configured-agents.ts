/** The agents from outside that a process works with, beside those of this project. */
import { existsSync } from 'node:fs';
import type { Capability } from './capability';
import { externalCatalogue, type ExternalAgents, loadExternalAgents, type OwnNames } from './external-agents';

export interface ConfiguredAgents extends ExternalAgents {
  /** Ours and theirs, by name. */
  catalogue: Readonly<Record<string, Capability>>;
}

interface Log {
  warn(fields: object, message: string): void;
}

/**
 * Reads the files of a folder, which need not be there. A file with problems is told to the log and left out: patterns
 * that ask for what it declares are broken, and all others work.
 */
export function configuredAgents(folder: string, own: OwnNames, log: Log): ConfiguredAgents {
  const found = existsSync(folder) ? loadExternalAgents(folder, own) : { agents: [], problems: [] };
  for (const file of new Set(found.problems.map((problem) => problem.file))) {
    const problems = found.problems.filter((problem) => problem.file === file);
    log.warn({ file, problems }, 'an agent’s file has problems, so that agent is not known');
  }
  return { ...found, catalogue: { ...own.catalogue, ...externalCatalogue(found.agents) } };
}
