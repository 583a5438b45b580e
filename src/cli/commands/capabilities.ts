/** `dawsos capabilities`: what a pattern's steps can ask for, and of whom. */
import type { Command } from 'commander';
import type { CapabilityListing } from '../../executor/capabilities';
import { didYouMean, meant } from '../../executor/meant';
import { openApi } from '../client/api';
import { CliError } from '../cli-error';
import { exitCodes } from '../exit-codes';
import { limitsOf } from '../output/execution';
import { formatTable } from '../output/table';
import { membersText } from '../output/value';
import { printJson, serverCommand, type ServerOptions } from './options';

const help = `
Examples:
  $ dawsos capabilities
  $ dawsos capabilities metrics.compute_twr            its arguments, result and retry policy
  $ dawsos capabilities --json | jq '.capabilities[].name'`;

export function capabilitiesCommand(): Command {
  return serverCommand('capabilities')
    .helpGroup('Write patterns:')
    .description('list what steps can ask for, or show one capability')
    .argument('[capability]', "a capability's name, or another name that it goes by")
    .addHelpText('after', help)
    .action(async (name: string | undefined, options: ServerOptions) => {
      const api = await openApi(options);
      const { body } = await api.get<{ capabilities: CapabilityListing[] }>('/v1/capabilities');
      const told = name === undefined ? body : find(body.capabilities, name);
      if (options.json === true) printJson(told);
      else
        process.stdout.write(`${'capabilities' in told ? listText(told.capabilities) : detailText(told)}\n`);
    });
}

function find(capabilities: readonly CapabilityListing[], name: string): CapabilityListing {
  const found = capabilities.find((each) => each.name === name || each.aliases.includes(name));
  if (found) return found;
  const names = capabilities.flatMap((each) => [each.name, ...each.aliases]);
  throw new CliError(exitCodes.impossible, {
    code: 'CAPABILITY_UNKNOWN',
    detail: `There is no capability "${name}".${didYouMean(meant(name, names))}`,
    action: 'List them: dawsos capabilities',
  });
}

function listText(capabilities: readonly CapabilityListing[]): string {
  return formatTable(
    ['Capability', 'Agent', 'Effect', 'Summary'].map((title) => ({ title })),
    capabilities.map(({ name, agent, effect, pure, summary }) => [
      name,
      agent,
      effect === 'write' ? 'write' : pure ? 'none, pure' : 'none',
      summary,
    ]),
    '',
  );
}

function detailText(capability: CapabilityListing): string {
  const { name, summary, aliases, args, result, ...facts } = capability;
  return [
    `${name}${aliases.length > 0 ? ` (also ${aliases.join(', ')})` : ''}`,
    `  ${summary}`,
    '',
    membersText(facts, limitsOf(process.stdout)),
    '',
    '  Arguments',
    memberTable(args),
    '',
    '  Result',
    memberTable(result),
  ].join('\n');
}

function memberTable(schema: unknown): string {
  const { properties = {}, required = [] } = schema as {
    properties?: Record<string, { type?: string; title?: string; description?: string; anyOf?: object[] }>;
    required?: string[];
  };
  return formatTable(
    ['Member', 'Type', 'Meaning'].map((title) => ({ title })),
    Object.entries(properties).map(([name, member]) => [
      `${name}${required.includes(name) ? '' : '?'}`,
      member.title ?? member.type ?? (member.anyOf ? 'one of several' : 'any'),
      member.description ?? '',
    ]),
    '    ',
  );
}
