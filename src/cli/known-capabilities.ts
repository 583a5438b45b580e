/** What patterns can be checked, planned and tested against: our own catalogue and the agents that files declare. */
import { existsSync } from 'node:fs';
import { aliases, catalogue } from '../capabilities';
import { externalCatalogue, loadExternalAgents } from '../capabilities/external-agents';
import { type Signatures, signaturesOf } from '../pattern/signatures';

/**
 * @param folders of `--agents`; that of AGENTS_DIR (default `agents`) comes first if it is there
 * @throws Error that names every problem of the agents' files
 */
export function knownCapabilities(folders: readonly string[], env = process.env): Signatures {
  const { agents, problems } = loadExternalAgents(agentFolders(folders, env), { catalogue, aliases });
  if (problems.length > 0) {
    const lines = problems.map(({ file, pointer, message, suggestion }) => {
      const hint = suggestion === undefined ? '' : ` (${suggestion})`;
      return `  ${file} at ${pointer || '/'}: ${message}${hint}`;
    });
    throw new Error(`The agents' files have problems:\n${lines.join('\n')}`);
  }
  return signaturesOf({ ...catalogue, ...externalCatalogue(agents) }, aliases);
}

export function agentFolders(folders: readonly string[], env = process.env): string[] {
  const home = env['AGENTS_DIR'] ?? 'agents';
  return [...new Set([...(existsSync(home) ? [home] : []), ...folders])];
}
