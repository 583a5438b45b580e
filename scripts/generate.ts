/** Writes what is generated from the code: patterns/schema.json, and the tables of docs/errors.md, docs/checks.md and docs/capabilities.md, the examples of docs/pattern-guide.md, and docs/cli.md. `--check` only compares. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import prettier from 'prettier';
import { aliases, catalogue as own } from '../src/capabilities';
import { configuredAgents } from '../src/capabilities/configured-agents';
import { queueOf } from '../src/capabilities/external-agents';
import { errorCodes } from '../src/contract/errors';
import { problemCodes } from '../src/pattern/problem-codes';
import { cliParts } from './cli-help';
import { guideParts } from './guide';
import { patternFileSchema } from './pattern-schema';

const root = path.resolve(__dirname, '..');

/** With those that files in `agents/` declare; a file with problems is for `pattern:check` to tell. */
const { catalogue } = configuredAgents(
  path.join(root, 'agents'),
  { catalogue: own, aliases },
  { warn: ({ file }: { file?: string }, message) => process.stderr.write(`${String(file)}: ${message}\n`) },
);

/** A file made whole, or the part of one between its two marks. */
interface Generated {
  file: string;
  part?: string;
  text: string;
}

function patternSchema(): Generated {
  const schema = patternFileSchema(Object.values(catalogue));
  return { file: 'patterns/schema.json', text: JSON.stringify(schema, null, 2) };
}

function problemTable(): Generated {
  const rows = Object.entries(problemCodes).map(
    ([code, { severity, meaning, example }]) => `| \`${code}\` | ${severity} | ${meaning} | ${example} |`,
  );
  const head = '| code | severity | meaning | example |\n|---|---|---|---|';
  return { file: 'docs/checks.md', part: 'codes', text: [head, ...rows].join('\n') };
}

function errorTable(): Generated {
  const rows = Object.entries(errorCodes).map(
    ([code, { status, retryable, summary, action }]) =>
      `| \`${code}\` | ${String(status)} | ${retryable ? 'yes' : 'no'} | ${summary} | ${action} |`,
  );
  const head = '| code | HTTP | retried | meaning | what to do |\n|---|---|---|---|---|';
  return { file: 'docs/errors.md', part: 'codes', text: [head, ...rows].join('\n') };
}

function capabilityTable(): Generated {
  const sections = Object.values(catalogue).map((capability) => {
    const { name, agent, summary, args, result, pure, effect, policy } = capability;
    const facts = [
      'source' in capability
        ? `agent \`${agent}\` of another project, on the queue \`${queueOf(capability)}\``
        : `agent \`${agent}\``,
      pure ? 'pure' : 'not pure',
      `effect ${effect}`,
      `${policy.startToCloseTimeout} an attempt, ${String(policy.maximumAttempts)} attempts`,
    ];
    return [
      `### \`${name}\``,
      summary,
      facts.join(' · '),
      `**Arguments**`,
      members(args),
      `**Result**`,
      members(result),
    ].join('\n\n');
  });
  const others = aliases.map(
    ({ name, alias_of, summary }) => `- \`${name}\` stands for \`${alias_of}\`: ${summary}`,
  );
  return {
    file: 'docs/capabilities.md',
    part: 'capabilities',
    text: [...sections, '### Other names', others.join('\n')].join('\n\n'),
  };
}

function members(schema: object): string {
  const { properties, required } = schema as { properties?: Record<string, object>; required?: string[] };
  if (!properties) return typeOf(schema);
  const rows = Object.entries(properties).map(([name, member]) => {
    const { description } = member as { description?: string };
    const need = required?.includes(name) === true ? '' : ' (optional)';
    return `| \`${name}\`${need} | ${typeOf(member)} | ${description ?? ''} |`;
  });
  return ['| member | type | meaning |', '|---|---|---|', ...rows].join('\n');
}

function typeOf(schema: {
  title?: string;
  type?: string;
  anyOf?: object[];
  items?: object;
  enum?: unknown[];
}): string {
  if (schema.title !== undefined) return schema.title;
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(' or ');
  if (schema.enum) return schema.enum.map((value) => `\`${String(value)}\``).join(', ');
  if (schema.type === 'array') return `list of ${typeOf(schema.items ?? {})}`;
  return schema.type ?? 'any';
}

/** The whole new content of the file that a generated text belongs in. */
async function render({ file, part, text }: Generated): Promise<string> {
  const options = { ...(await prettier.resolveConfig(path.join(root, file))), filepath: file };
  if (part === undefined) return prettier.format(text, options);
  const present = readFileSync(path.join(root, file), 'utf8');
  const [open, close] = [`<!-- generated: ${part} -->`, `<!-- end: ${part} -->`];
  const [before, rest] = present.split(open);
  const after = rest?.split(close)[1];
  if (before === undefined || after === undefined) throw new Error(`${file} has no marks ${open} … ${close}`);
  return prettier.format(`${before}${open}\n\n${text}\n\n${close}${after}`, options);
}

async function main(): Promise<void> {
  const check = process.argv.includes('--check');
  const stale: string[] = [];
  const tables = [patternSchema(), errorTable(), problemTable(), capabilityTable()];
  for (const generated of [...tables, ...cliParts(), ...(await guideParts(root))]) {
    const target = path.join(root, generated.file);
    const content = await render(generated);
    let present: string | null = null;
    try {
      present = readFileSync(target, 'utf8');
    } catch {
      // Not there yet: it is made below, or reported as stale.
    }
    if (present === content) continue;
    if (check) stale.push(generated.file);
    else writeFileSync(target, content);
  }
  if (stale.length === 0) return;
  process.stderr.write(`Not current, run \`npm run generate\`: ${stale.join(', ')}\n`);
  process.exit(1);
}

void main();
