/** `dawsos alerts check`: evaluates the alerts on a portfolio now, by the pattern alerts_check. */
import type { Command } from 'commander';
import type { ExecuteResponse } from '../../contract/execution';
import { openApi } from '../client/api';
import { inputsSchemaOf, requestOf } from '../client/request';
import { printJson, say, serverCommand, type ServerOptions } from './options';

interface CheckOptions extends ServerOptions {
  portfolio?: string;
  asof?: string;
}

interface Checked {
  evaluations: {
    title: string;
    outcome: string;
    sentence: string;
    silent: boolean;
    notification_id: string | null;
  }[];
  failed: { title: string; code: string; message: string }[];
}

const help = `
A run of the pattern alerts_check: alerts on the portfolio, and those on none. What fires is notified of, unless it was
told already for that day or within the cooldown.

Examples:
  $ dawsos alerts check
  $ dawsos alerts check --asof 2013-02-28 --json`;

export function alertsCheckCommand(): Command {
  return serverCommand('check')
    .description('evaluate your alerts on a portfolio now')
    .option('--portfolio <id>', 'needed where you have several')
    .option('--asof <date>', 'the day whose prices count (default: the newest fresh ones)')
    .addHelpText('after', help)
    .action(check);
}

async function check(options: CheckOptions): Promise<void> {
  const api = await openApi(options);
  const pattern_id = 'alerts_check';
  const schema = await inputsSchemaOf(api, pattern_id);
  const request = await requestOf(api, options, schema, say);
  const headers = { Prefer: 'wait=30' };
  const { body } = await api.post<ExecuteResponse>('/v1/execute', { pattern_id, ...request }, headers);
  if (options.json === true) {
    printJson(body);
    return;
  }
  if (!('data' in body)) {
    process.stdout.write(
      `It still runs: dawsos executions ${(body as { execution: { id: string } }).execution.id}\n`,
    );
    return;
  }
  const { evaluations, failed } = body.data['checked'] as Checked;
  const lines = [
    ...evaluations.map((one) => `${markOf(one)}  ${one.title}: ${one.sentence}`),
    ...failed.map(({ title, code, message }) => `failed         ${title}: ${message} (${code})`),
  ];
  process.stdout.write(lines.length === 0 ? 'no active alerts\n' : `${lines.join('\n')}\n`);
}

function markOf({ outcome, silent }: Checked['evaluations'][number]): string {
  if (outcome === 'fires') return silent ? 'told already ' : 'FIRES        ';
  return outcome === 'does_not_fire' ? 'quiet        ' : 'not available';
}
