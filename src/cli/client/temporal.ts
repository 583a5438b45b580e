/** Temporal as commands of an operator use it: at TEMPORAL_ADDRESS, else at the one that `dawsos start` runs here. */
import { Client, Connection } from '@temporalio/client';
import { CliError, messageOf } from '../cli-error';
import { exitCodes } from '../exit-codes';
import { dataDirOf } from '../places';
import { readRunningProfile } from './running-profile';

const connectMs = 5000;

/** Lends a client, and closes its connection. @throws CliError when there is none, or it does not answer */
export async function withTemporal<T>(
  work: (client: Client) => Promise<T>,
  env: NodeJS.ProcessEnv = process.env,
): Promise<T> {
  const profile = env['TEMPORAL_ADDRESS'] ? null : await readRunningProfile(dataDirOf(env));
  const address = env['TEMPORAL_ADDRESS'] || profile?.env['TEMPORAL_ADDRESS'];
  if (!address) {
    throw new CliError(exitCodes.unreachable, {
      code: 'TEMPORAL_UNAVAILABLE',
      detail: 'There is no Temporal: TEMPORAL_ADDRESS is not set, and no `dawsos start` runs here.',
      action: 'dawsos start    or    set TEMPORAL_ADDRESS',
    });
  }
  const connection = await Connection.connect({ address, connectTimeout: connectMs }).catch(
    (error: unknown) => {
      throw new CliError(exitCodes.unreachable, {
        code: 'TEMPORAL_UNAVAILABLE',
        detail: `Temporal at ${address} cannot be reached: ${messageOf(error)}`,
        action: 'dawsos doctor',
      });
    },
  );
  const namespace = env['TEMPORAL_NAMESPACE'] || profile?.env['TEMPORAL_NAMESPACE'] || 'default';
  try {
    return await work(new Client({ connection, namespace }));
  } finally {
    await connection.close();
  }
}
