/** `dawsos patterns`: what can be run, with what inputs, and what is wrong with what cannot. */
import type { Command } from 'commander';
import type { PatternDetail } from '../../executor/pattern-detail';
import type { PatternListing } from '../../executor/patterns';
import type { Static } from '@sinclair/typebox';
import { openApi } from '../client/api';
import { formatTable } from '../output/table';
import { printJson, serverCommand, type ServerOptions } from './options';

type Detail = Static<typeof PatternDetail>;

const help = `
Examples:
  $ dawsos patterns
  $ dawsos patterns portfolio_overview
  $ dawsos patterns portfolio_overview --json | jq .pattern`;

export function patternsCommand(): Command {
  return serverCommand('patterns')
    .helpGroup('Write patterns:')
    .description('list what the server can run, or show one pattern')
    .argument('[pattern]', "a pattern's id")
    .addHelpText('after', help)
    .action(async (id: string | undefined, options: ServerOptions) => {
      const api = await openApi(options);
      const route = id === undefined ? '/v1/patterns' : `/v1/patterns/${encodeURIComponent(id)}`;
      const { body } = await api.get<PatternListing[] | Detail>(route);
      if (options.json === true) printJson(body);
      else process.stdout.write(`${Array.isArray(body) ? listText(body) : detailText(body)}\n`);
    });
}

function listText(patterns: readonly PatternListing[]): string {
  return formatTable(
    ['Pattern', 'Version', 'Category', 'Inputs', 'Name'].map((title) => ({ title })),
    patterns.map(({ id, version, category, name, broken, problems, inputs }) => [
      id,
      broken ? `broken (${problems.map(({ code }) => code).join(', ')})` : version,
      category,
      inputLines(inputs)
        .map(([input, , required]) => `${input}${required ? '' : '?'}`)
        .join(', '),
      name,
    ]),
    '',
  );
}

function detailText(detail: Detail): string {
  const { id, version, name, description, sha256, rights_required, problems, warnings, steps } = detail;
  const found = [
    ...problems.map((problem) => ({ ...problem, kind: 'error' })),
    ...warnings.map((warning) => ({ ...warning, kind: 'warning' })),
  ];
  return [
    `${id} ${version}  ${sha256 ?? '(broken)'}`,
    `  ${name}`,
    ...(description === '' ? [] : [`  ${description}`]),
    ...(rights_required.length > 0 ? [`  rights: ${rights_required.join(', ')}`] : []),
    ...found.map(({ kind, code, pointer, message }) => `  ${kind} ${code} at ${pointer || '/'}: ${message}`),
    '',
    '  Inputs',
    ...inputLines(detail.inputs).map(
      ([input, type, required]) => `    ${input}  ${type}${required ? '' : ', optional'}`,
    ),
    '',
    formatTable(
      ['Step', 'Kind', 'Uses', 'Condition'].map((title) => ({ title })),
      steps.map((step) => [
        `${step.name ?? step.path}${step.optional ? ' (optional)' : ''}`,
        step.kind,
        step.uses ?? '',
        step.condition ?? '',
      ]),
    ),
  ].join('\n');
}

/** Name, type, whether it has to be given. */
function inputLines(schema: unknown): [string, string, boolean][] {
  const { properties = {}, required = [] } = schema as {
    properties?: Record<
      string,
      { type?: string; format?: string; anyOf?: { type?: string }[]; enum?: unknown[] }
    >;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { type, format, anyOf, enum: values }]) => {
    const plain =
      values?.map(String).join(' | ') ?? format ?? type ?? anyOf?.map((one) => one.type ?? '').join(' or ');
    return [name, plain ?? 'any', required.includes(name)];
  });
}
