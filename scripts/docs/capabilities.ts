/** docs/capabilities.md: contents by agent, then a part for each capability. */
import { aliases, catalogue as own, type Capability } from '../../src/capabilities';
import type { ExternalCapability } from '../../src/capabilities/external-agents';
import { anchorOf, exampleOf, sourceOf } from './capability-example';
import { commonCodes, factsOf, failsWith, readsOf } from './capability-facts';
import { members } from './capability-members';
import type { Generated } from './generated';
import { shapesOf } from './capability-shapes';
import { thrownCodes } from './thrown-codes';

type Listed = Capability | ExternalCapability;

/** @param catalogue the project's own capabilities, and those that files in `agents/` declare */
export function capabilityPage(catalogue: Readonly<Record<string, Listed>>): Generated {
  const all = Object.values(catalogue);
  const agents = [...new Set(all.map(({ agent }) => agent))];
  const codes = thrownCodes();
  const of = (agent: string): Listed[] => all.filter((capability) => capability.agent === agent);
  const parts = agents.map((agent) =>
    [`## ${agent}`, ...of(agent).map((capability) => section(capability, codes))].join('\n\n'),
  );
  const others = aliases.map(
    ({ name, alias_of, summary }) => `- \`${name}\` stands for \`${alias_of}\`: ${summary}`,
  );
  const text = [
    // Padded tables would make the page twice as large.
    '<!-- prettier-ignore-start -->',
    contents(agents, of),
    `Besides the errors named below every call may end with ${commonCodes.map((code) => `\`${code}\``).join(', ')}; [errors.md](errors.md) says what to do about each.`,
    ...parts,
    '## Shapes',
    ...shapesOf(all).map(({ title, text }) => `### ${title}\n\n${text}`),
    '## Other names',
    others.join('\n'),
    '<!-- prettier-ignore-end -->',
  ];
  return { file: 'docs/capabilities.md', part: 'capabilities', text: text.join('\n\n') };
}

function contents(agents: readonly string[], of: (agent: string) => Listed[]): string {
  const rows = agents.map((agent) => {
    const links = of(agent).map(({ name }) => `[\`${name}\`](#${anchorOf(name)})`);
    return `- [**${agent}**](#${agent}): ${links.join(', ')}`;
  });
  return [...rows, '- [Shapes](#shapes) that several of them share', '- [Other names](#other-names)'].join(
    '\n',
  );
}

function section(capability: Listed, codes: ReadonlyMap<string, readonly string[]>): string {
  const { name, summary, args, result } = capability;
  const isOwn = Object.hasOwn(own, name);
  return [
    `### \`${name}\``,
    summary,
    factsOf(capability),
    isOwn ? readsOf(capability, sourceOf(name)) : '',
    isOwn ? failsWith(codes.get(name) ?? []) : '',
    '**Arguments**',
    members(args),
    '**Result**',
    members(result),
    exampleOf(name),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}
