/** `dawsos lineage`: where one field of a result comes from. */
import type { Command } from 'commander';
import type { Lineage, LineageLink, LineageStep } from '../../contract/lineage';
import { openApi } from '../client/api';
import { limitsOf } from '../output/execution';
import { membersText, valueText } from '../output/value';
import { printJson, serverCommand, type ServerOptions } from './options';

const help = `
A field is an output's name and the path below it.

Examples:
  $ dawsos lineage 108fe221-aa95-4aa2-afa7-3497d1d406b2 perf_metrics.value
  $ dawsos lineage 108fe221-aa95-4aa2-afa7-3497d1d406b2 valued_positions.positions.0.value --json`;

export function lineageCommand(): Command {
  return serverCommand('lineage')
    .helpGroup('Look at runs:')
    .description('show where a field of a result comes from')
    .argument('<execution>', "the execution's id")
    .argument('<field>', 'such as perf_metrics.value')
    .addHelpText('after', help)
    .action(async (id: string, field: string, options: ServerOptions) => {
      const api = await openApi(options);
      const route = `/v1/executions/${encodeURIComponent(id)}/lineage`;
      const { body } = await api.get<Lineage>(route, { field });
      if (options.json === true) printJson(body);
      else process.stdout.write(lineageText(body));
    });
}

function lineageText(told: Lineage): string {
  const limits = limitsOf(process.stdout);
  const { field, value, value_digest, output, steps, inputs, context, sources, truncated, pattern } = told;
  const sections: [string, string[]][] = [
    ['Sources', sources],
    ['Context', context.map((name) => `ctx.${name}`)],
  ];
  return [
    valueText(field, value === undefined ? `(larger than 4 KiB; ${value_digest})` : value, limits, ''),
    '',
    `  of ${pattern.id} ${pattern.version}, ${told.pricing_pack_id}, as of ${told.asof_date}`,
    '',
    `  output ${output.name}`,
    ...output.fed_by.map((link) => linkText(link)),
    ...steps.flatMap(stepText),
    ...(truncated ? ['', '  … more steps fed it than are listed'] : []),
    ...(Object.keys(inputs).length > 0 ? ['', '  Inputs', membersText(inputs, limits, '    ')] : []),
    ...sections.flatMap(([title, lines]) =>
      lines.length === 0 ? [] : ['', `  ${title}`, ...lines.map((line) => `    ${line}`)],
    ),
    '',
  ].join('\n');
}

function stepText(step: LineageStep): string[] {
  const { path, capability, version, pattern, kind, status, source, asof_date, cache, error } = step;
  const what =
    capability === null ? (pattern ?? kind) : `${capability}${version === null ? '' : `@${version}`}`;
  const facts = [
    what,
    error === null ? status : `${status} (${error})`,
    ...(source === null ? [] : [source]),
    ...(asof_date === null ? [] : [`as of ${asof_date}`]),
    ...(cache === 'hit' ? [`remembered from ${step.source_execution_id ?? 'an earlier run'}`] : []),
  ];
  return ['', `  step ${path}  ${facts.join(' · ')}`, ...step.fed_by.map((link) => linkText(link))];
}

function linkText({ step, reference, via }: LineageLink): string {
  return `    ← ${reference}${step === null || reference.includes(step) ? '' : ` (step ${step})`}  ${via}`;
}
