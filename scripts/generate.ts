/** Writes what is generated from the code: patterns/schema.json, and the tables of docs/errors.md, docs/checks.md and docs/capabilities.md, the examples of docs/pattern-guide.md, and docs/cli.md. `--check` only compares. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { aliases, catalogue as own } from '../src/capabilities';
import { configuredAgents } from '../src/capabilities/configured-agents';
import { cliParts } from './cli-help';
import { capabilityPage } from './docs/capabilities';
import { errorTable, problemTable } from './docs/code-tables';
import { type Generated, render } from './docs/generated';
import { guideParts } from './guide';
import { patternFileSchema } from './pattern-schema';

const root = path.resolve(__dirname, '..');

/** With those that files in `agents/` declare; a file with problems is for `pattern:check` to tell. */
const { catalogue } = configuredAgents(
  path.join(root, 'agents'),
  { catalogue: own, aliases },
  { warn: ({ file }: { file?: string }, message) => process.stderr.write(`${String(file)}: ${message}\n`) },
);

function patternSchema(): Generated {
  const schema = patternFileSchema(Object.values(catalogue));
  return { file: 'patterns/schema.json', text: JSON.stringify(schema, null, 2) };
}

async function main(): Promise<void> {
  const check = process.argv.includes('--check');
  const stale: string[] = [];
  const tables = [patternSchema(), errorTable(), problemTable(), capabilityPage(catalogue)];
  for (const generated of [...tables, ...cliParts(), ...(await guideParts(root))]) {
    const target = path.join(root, generated.file);
    const content = await render(root, generated);
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
