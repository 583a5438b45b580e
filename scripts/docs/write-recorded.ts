/** Keeps recorded examples, formatted as all files are. */
import { writeFileSync } from 'node:fs';
import prettier from 'prettier';
import { type Recorded, recordedFile } from './recorded-examples';

export async function writeRecorded(recorded: Recorded): Promise<void> {
  const options = { ...(await prettier.resolveConfig(recordedFile)), filepath: recordedFile };
  writeFileSync(recordedFile, await prettier.format(JSON.stringify(recorded, null, 2), options));
}
