/** `dawsos approvals`, `approve` and `reject`: the questions that running patterns ask, and answering them. */
import type { Command } from 'commander';
import { type Api, openApi } from '../client/api';
import { jsonArgument } from '../client/inputs';
import { openQuestions, questionText } from '../client/questions';
import { usageError } from '../cli-error';
import { printJson, say, serverCommand, type ServerOptions } from './options';

interface AnswerOptions extends ServerOptions {
  data?: string;
}

interface Answered {
  execution_id: string;
  step: string;
  decision: string;
  by: string;
  at: string;
}

export function approvalsCommand(): Command {
  return serverCommand('approvals')
    .helpGroup('Run:')
    .description('list the questions that you may answer')
    .argument('[execution]', 'only those of this run')
    .addHelpText('after', '\nExamples:\n  $ dawsos approvals\n  $ dawsos approvals --as b --rights trade')
    .action(async (id: string | undefined, options: ServerOptions) => {
      const questions = await openQuestions(await openApi(options), id);
      if (options.json === true) printJson({ approvals: questions });
      else
        process.stdout.write(
          questions.length === 0 ? 'none\n' : `${questions.map(questionText).join('\n\n')}\n`,
        );
    });
}

export const approveCommand = (): Command => answerCommand('approve');
export const rejectCommand = (): Command => answerCommand('reject');

function answerCommand(decision: 'approve' | 'reject'): Command {
  const help = `
Without a step: the only question of the run that you may answer.

Examples:
  $ dawsos ${decision} 108fe221-aa95-4aa2-afa7-3497d1d406b2
  $ dawsos ${decision} 108fe221-aa95-4aa2-afa7-3497d1d406b2 release --data '{"note":"seen"}'
  $ dawsos ${decision} 108fe221-aa95-4aa2-afa7-3497d1d406b2 release --data @answer.json --as b --rights trade`;
  return serverCommand(decision)
    .helpGroup('Run:')
    .description(`answer a question of a run: ${decision}`)
    .argument('<execution>', "the execution's id")
    .argument('[step]', 'the path of the step that asks')
    .option(
      '--data <json>',
      "what the question's form asks for, as JSON; @file reads a file, @- standard input",
    )
    .addHelpText('after', help)
    .action(async (id: string, step: string | undefined, { data, ...options }: AnswerOptions) => {
      const api = await openApi(options);
      const asked = step ?? (await onlyStep(api, id));
      const body = {
        step: asked,
        decision,
        ...(data !== undefined && { data: jsonArgument(data, '--data') }),
      };
      const answer = await api.post<Answered>(`/v1/executions/${encodeURIComponent(id)}/approve`, body);
      if (options.json === true) printJson(answer.body);
      else
        process.stdout.write(
          `${asked}: ${decision === 'approve' ? 'approved' : 'rejected'} at ${answer.body.at}\n`,
        );
    });
}

async function onlyStep(api: Api, id: string): Promise<string> {
  const questions = await openQuestions(api, id);
  const [only, ...others] = questions;
  if (only === undefined)
    throw usageError(`The run ${id} asks nothing that you may answer.`, `dawsos executions ${id}`);
  if (others.length > 0) {
    throw usageError(
      `The run ${id} asks several questions: ${questions.map(({ step }) => step).join(', ')}.`,
      'Name one.',
    );
  }
  say(`step: ${only.step}, the only one that asks (${only.title})`);
  return only.step;
}
