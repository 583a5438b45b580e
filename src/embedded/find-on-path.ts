/** Where a program is, going through PATH as a shell does. */
import { constants, statSync } from 'node:fs';
import { access } from 'node:fs/promises';
import path from 'node:path';

export async function findOnPath(name: string, env: NodeJS.ProcessEnv = process.env): Promise<string | null> {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  for (const folder of (env['PATH'] ?? '').split(path.delimiter)) {
    const candidate = path.join(folder, file);
    if (folder !== '' && (await isExecutable(candidate))) return candidate;
  }
  return null;
}

export async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
