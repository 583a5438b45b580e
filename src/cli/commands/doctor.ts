/** `dawsos doctor`: looks at everything that the engine needs, and says what to do about what is wrong. */
import { Command } from 'commander';
import { CliError, messageOf } from '../cli-error';
import { type RunningProfile, readRunningProfile } from '../client/running-profile';
import { findServer } from '../client/server-address';
import { checkApi } from '../doctor/api';
import { fail, type Finding, ok, warn } from '../doctor/finding';
import {
  checkDataFolder,
  checkNode,
  checkPort,
  checkPostgresPrograms,
  checkTemporalCli,
} from '../doctor/machine';
import { checkConfig, checkDatabase, checkMigrations, checkRedis, checkTemporal } from '../doctor/servers';
import { exitCodes } from '../exit-codes';
import { counted } from '../output/counted';
import { styleOf } from '../output/style';
import { dataDirOf, patternsDirOf } from '../places';
import { checkPatterns } from './check';
import { printJson } from './options';

interface DoctorOptions {
  url?: string;
  json?: boolean;
}

const help = `
Nothing is started, changed or downloaded. Exit code 1 when something has to be done.

Examples:
  $ dawsos doctor
  $ DATABASE_URL=… TEMPORAL_ADDRESS=… dawsos doctor --url https://dawsos.example.org
  $ dawsos doctor --json | jq '.[] | select(.level != "ok")'`;

export function doctorCommand(): Command {
  return new Command('doctor')
    .helpGroup('Operate:')
    .description('look for what is missing or wrong on this machine')
    .option('--url <url>', 'the server (default: DAWSOS_URL, else the one that runs here)')
    .option('--json', 'print the findings as JSON')
    .addHelpText('after', help)
    .action(async ({ url, json }: DoctorOptions) => {
      const findings = await examine(url, process.env);
      if (json === true) printJson(findings);
      else process.stdout.write(findings.map(toText).join(''));
      if (findings.some(({ level }) => level === 'fail')) process.exitCode = exitCodes.problems;
    });
}

async function examine(url: string | undefined, env: NodeJS.ProcessEnv): Promise<Finding[]> {
  const dataDir = dataDirOf(env);
  const running = await readRunningProfile(dataDir);
  const server = await findServer(url, env);
  return [
    checkNode(),
    checkConfig(env),
    checkDataFolder(dataDir),
    await checkPort(env, running),
    await temporalFinding(env, running, dataDir),
    ...(await databaseFindings(env, running)),
    await checkRedis(env['REDIS_URL']),
    ...patternFindings(),
    await checkApi(server.url, server.isGiven),
  ];
}

async function temporalFinding(
  env: NodeJS.ProcessEnv,
  running: RunningProfile | null,
  dataDir: string,
): Promise<Finding> {
  const address = env['TEMPORAL_ADDRESS'] || running?.env['TEMPORAL_ADDRESS'];
  return address ? checkTemporal(address) : checkTemporalCli(dataDir, env);
}

/** What runs here has been migrated when it started. */
async function databaseFindings(env: NodeJS.ProcessEnv, running: RunningProfile | null): Promise<Finding[]> {
  const given = env['DATABASE_URL'];
  if (given) return [await checkDatabase(given), await checkMigrations(env['DATABASE_OWNER_URL'])];
  const own = running?.env['DATABASE_URL'];
  return [own ? await checkDatabase(own) : checkPostgresPrograms()];
}

function patternFindings(): Finding[] {
  const folder = patternsDirOf(process.env);
  try {
    const reports = checkPatterns([], {});
    const broken = reports.filter(({ problems }) => problems.length > 0);
    const warnings = reports.reduce((sum, report) => sum + report.warnings.length, 0);
    if (broken.length > 0) {
      return [fail('patterns', `broken: ${broken.map(({ file }) => file).join(', ')}`, 'dawsos check')];
    }
    if (warnings > 0)
      return [warn('patterns', `${counted(warnings, 'warning')} in ${folder}`, 'dawsos check')];
    return [ok('patterns', `${String(reports.length)} in ${folder}, none broken`)];
  } catch (error) {
    const next = error instanceof CliError ? error.problem.action : undefined;
    return [fail('patterns', messageOf(error), next ?? 'Set PATTERNS_DIR, or correct the file.')];
  }
}

function toText({ name, level, message, action }: Finding): string {
  const paint = styleOf(process.stdout);
  const mark = { ok: paint('green', 'ok  '), warn: paint('yellow', 'warn'), fail: paint('red', 'fail') }[
    level
  ];
  const next = action === undefined ? '' : `                    next: ${action}\n`;
  return `${mark}  ${name.padEnd(12)}  ${message}\n${next}`;
}
