/** `dawsos packs schedule` and `unschedule`: the nightly order as a Temporal schedule. */
import {
  type Client,
  ScheduleNotFoundError,
  type ScheduleOptions,
  ScheduleAlreadyRunning,
} from '@temporalio/client';
import { Command } from 'commander';
import type { NightlyPackInput } from '../../contract/nightly';
import { usageError } from '../cli-error';
import { withTemporal } from '../client/temporal';
import {
  nightlyQueue,
  nightlyTimeout,
  nightlyWorkflow,
  type SourceOptions,
  sourceOf,
  withSource,
} from './packs-options';

interface ScheduleArguments extends SourceOptions {
  at: string;
  zone: string;
}

export const scheduleId = 'nightly-pack';

const help = `
Each run builds the pack of the day before, as the zone counts days. One that is still going on when the next is due is not
disturbed: the next is left out. A start that was missed because Temporal was away is made up for within twelve hours.
Saying it again changes the schedule.

Example:
  $ dawsos packs schedule --at 00:05 --zone America/Toronto --from /srv/prices`;

export function packsScheduleCommand(): Command {
  return withSource(
    new Command('schedule')
      .description('build the pack of the day before every night')
      .option('--at <HH:MM>', 'when', '00:05')
      .option('--zone <zone>', 'where, such as America/Toronto', 'UTC'),
  )
    .addHelpText('after', help)
    .action(schedule);
}

export function packsUnscheduleCommand(): Command {
  return new Command('unschedule').description('build no pack by itself any more').action(async () => {
    const was = await withTemporal(unschedule);
    process.stdout.write(was ? 'packs are built no more by themselves\n' : 'there was no schedule\n');
  });
}

async function schedule({ at, zone, ...options }: ScheduleArguments): Promise<void> {
  const wanted = scheduleOptions(at, zone, options);
  const next = await withTemporal((client) => put(client, wanted));
  const when = next === null ? '' : `; next at ${next.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  process.stdout.write(`packs are built every day at ${at} (${zone})${when}\n`);
}

function scheduleOptions(at: string, zone: string, options: SourceOptions): ScheduleOptions {
  const [, hour = '', minute = ''] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(at) ?? [];
  if (hour === '') throw usageError(`"${at}" is no time of day; write it like 00:05.`);
  requireZone(zone);
  const input: NightlyPackInput = { date: null, zone, source: sourceOf(options) };
  return {
    scheduleId,
    spec: { calendars: [{ hour: Number(hour), minute: Number(minute) }], timezone: zone },
    action: {
      type: 'startWorkflow',
      workflowType: nightlyWorkflow,
      workflowId: scheduleId,
      taskQueue: nightlyQueue,
      args: [input],
      workflowExecutionTimeout: nightlyTimeout,
      staticSummary: 'pricing pack of the day before',
    },
    policies: { overlap: 'SKIP', catchupWindow: '12 hours' },
  };
}

function requireZone(zone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
  } catch {
    throw usageError(`"${zone}" is no time zone; name one such as America/Toronto.`);
  }
}

/** @returns when it will run next */
async function put(client: Client, wanted: ScheduleOptions): Promise<Date | null> {
  try {
    await client.schedule.create(wanted);
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    const { spec, action, policies } = wanted;
    await client.schedule
      .getHandle(scheduleId)
      .update(({ state }) => ({ spec, action, policies: policies ?? {}, state }));
  }
  const { info } = await client.schedule.getHandle(scheduleId).describe();
  return info.nextActionTimes[0] ?? null;
}

/** @returns whether there was one */
async function unschedule(client: Client): Promise<boolean> {
  try {
    await client.schedule.getHandle(scheduleId).delete();
    return true;
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return false;
    throw error;
  }
}
