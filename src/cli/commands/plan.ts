/** `dawsos plan`: what a run would do, in which order and why. It starts nothing. */
import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { Option } from 'commander';
import type { PlanExplanation } from '../../contract/plan-explanation';
import { inputsSchema } from '../../pattern/inputs';
import type { InputSchema } from '../../pattern/schema';
import { type Api, openApi } from '../client/api';
import { type InputsSchema, readJson } from '../client/inputs';
import { usageError } from '../cli-error';
import { inputsSchemaOf, type RequestOptions, requestOf } from '../client/request';
import { planOffline } from '../offline-plan';
import { collect, printJson, say, serverCommand, type ServerOptions, withRequest } from './options';

interface PlanOptions extends ServerOptions, RequestOptions {
  mermaid?: boolean;
  offline?: boolean;
  agents?: string[];
}

const help = `
With the server: rights, pricing pack, what is remembered and how long steps took, for the inputs given. With --offline,
which --agents implies: order and reasons alone, of a pattern of PATTERNS_DIR or a file; neither inputs nor a server are
needed.

Examples:
  $ dawsos plan portfolio_overview
  $ dawsos plan my/pattern.json --offline
  $ dawsos plan my/pattern.json --agents my/agents
  $ dawsos plan my/pattern.json --portfolio a11ce000-0000-4000-8000-0000000000a1    one that the server does not know
  $ dawsos plan portfolio_overview --mermaid > plan.mmd`;

export function planCommand(): Command {
  return withRequest(serverCommand('plan'))
    .helpGroup('Write patterns:')
    .description('show what a run would do, and start nothing')
    .argument('<pattern>', "a pattern's id, or a file")
    .option('--mermaid', 'print a Mermaid flowchart')
    .option('--offline', 'without a server: order and reasons, nothing of data')
    .option('--agents <dir>', 'a folder of agents from outside; may be given again', collect)
    .addOption(
      new Option('--patience <patience>', 'as in `dawsos run`').choices(['interactive', 'background']),
    )
    .addHelpText('after', help)
    .action(plan);
}

async function plan(name: string, options: PlanOptions): Promise<void> {
  const { offline, agents, patience, json, mermaid } = options;
  const isOffline = offline === true || agents !== undefined;
  const explained = isOffline
    ? planOffline(name, agents ?? [], patience === 'background' ? patience : 'interactive')
    : await planOnServer(name, options);
  if (json === true) printJson(explained);
  else process.stdout.write(`${mermaid === true ? explained.mermaid : explained.text}\n`);
}

async function planOnServer(name: string, options: PlanOptions): Promise<PlanExplanation> {
  const api = await openApi(options);
  const { asked, schema } = await patternOf(api, name);
  const body = { ...asked, ...(await requestOf(api, options, schema, say)) };
  return (await api.post<PlanExplanation>('/v1/plan', body)).body;
}

async function patternOf(api: Api, name: string): Promise<{ asked: object; schema: InputsSchema }> {
  if (!existsSync(name) && /[./\\]/.test(name)) throw usageError(`There is no file ${name}.`);
  if (!existsSync(name)) return { asked: { pattern_id: name }, schema: await inputsSchemaOf(api, name) };
  const pattern = readJson(name, 'pattern');
  return { asked: { pattern }, schema: inputsOfFile(pattern) };
}

/** Of a file that nobody has checked yet: what is wrong with it, the server says. */
function inputsOfFile(pattern: unknown): InputsSchema {
  const inputs = (pattern as { inputs?: Record<string, InputSchema> } | null)?.inputs;
  try {
    return inputsSchema(inputs ?? {});
  } catch {
    return {};
  }
}
