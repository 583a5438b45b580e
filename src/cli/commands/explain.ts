/** `dawsos explain`: what one figure of a result is, where it comes from and how it was computed; or which figures there are. */
import type { Command } from 'commander';
import type { Explanation, Figures } from '../../contract/explanation';
import { openApi } from '../client/api';
import { limitsOf } from '../output/execution';
import { explanationText } from '../output/explanation';
import { short } from '../output/short-decimal';
import { scalar } from '../output/scalar';
import { shorten } from '../output/steps';
import { formatTable } from '../output/table';
import { printJson, serverCommand, type ServerOptions } from './options';

interface ExplainOptions extends ServerOptions {
  all?: boolean;
}

const help = `
A field is a path in the result: a.b[0].c, a.b.0.c or /a/b/0/c. Of an object or a list: the figures below it.

Examples:
  $ dawsos explain 108fe221-aa95-4aa2-afa7-3497d1d406b2                       which figures there are
  $ dawsos explain 108fe221-aa95-4aa2-afa7-3497d1d406b2 perf_metrics.value
  $ dawsos explain 108fe221-aa95-4aa2-afa7-3497d1d406b2 valued_positions.positions[0].value --json`;

export function explainCommand(): Command {
  return serverCommand('explain')
    .helpGroup('Look at runs:')
    .description('say where a figure comes from, with the evidence and the arithmetic')
    .argument('<execution>', "the execution's id")
    .argument('[field]', 'such as perf_metrics.value')
    .option('--all', 'show long lists in full')
    .addHelpText('after', help)
    .action(async (id: string, field: string | undefined, options: ExplainOptions) => {
      const api = await openApi(options);
      const route = `/v1/executions/${encodeURIComponent(id)}/explain`;
      const { all = false } = options;
      const query = { field, ...(all && { all: 'true' }) };
      const { body } = await api.get<Explanation | Figures>(route, query);
      if (options.json === true) printJson(body);
      else process.stdout.write('figures' in body ? figuresText(body) : explanationText(body, limitsOf(process.stdout), all));
    });
} // prettier-ignore

function figuresText({ figures, field, more, not_available }: Figures): string {
  if (figures.length === 0) {
    const why = not_available ? ` ${not_available.words} (${not_available.code}) ${not_available.next}` : '';
    return `There are no figures${field === null ? '' : ` below ${field}`}.${why}\n`;
  }
  const table = formatTable(
    [{ title: 'Figure' }, { title: 'Value', align: 'right' }],
    figures.map((figure) => [figure.field, valueText(figure)]),
  );
  return [table, ...(more > 0 ? [`  … ${String(more)} more (--all)`] : []), ''].join('\n');
}

function valueText({ value, not_available }: Figures['figures'][number]): string {
  return not_available === null
    ? shorten(typeof value === 'string' ? short(value) : scalar(value), 40)
    : `not available (${not_available})`;
}
