/** The questions that running patterns ask of people, and the commands that answer them. */
import type { Approval } from '../../executor/approvals';
import type { Static } from '@sinclair/typebox';
import type { Api } from './api';

export type Question = Static<typeof Approval>;

/** Those that the caller may answer, oldest first. */
export async function openQuestions(api: Api, execution?: string): Promise<Question[]> {
  const { approvals } = (await api.get<{ approvals: Question[] }>('/v1/approvals')).body;
  return execution === undefined ? approvals : approvals.filter(({ execution_id: id }) => id === execution);
}

/** The question, who may answer it, and how. */
export function questionText(question: Question): string {
  const { execution_id: id, step, title, form, due_at, pattern_id, rights, not_starter } = question;
  const data = form === null ? '' : ` --data '${JSON.stringify(exampleOf(form))}'`;
  const who = [
    ...(rights.length > 0 ? [`needs the rights ${rights.join(', ')}`] : []),
    ...(not_starter ? ['not by who started the run'] : []),
    ...(due_at === null ? [] : [`until ${due_at}`]),
  ];
  return [
    `? ${title}  (${[`${pattern_id}, step ${step}`, ...who].join('; ')})`,
    `    dawsos approve ${id} ${step}${data}`,
    `    dawsos reject ${id} ${step}`,
  ].join('\n');
}

/** Something of the form's shape, to be filled in. */
function exampleOf(form: unknown): unknown {
  const {
    type,
    properties = {},
    enum: values,
  } = form as {
    type?: string;
    properties?: Record<string, unknown>;
    enum?: unknown[];
  };
  if (values) return values[0];
  if (type === 'object') {
    return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, exampleOf(schema)]));
  }
  return { string: '…', number: 0, integer: 0, boolean: true, array: [] }[type ?? ''] ?? null;
}
