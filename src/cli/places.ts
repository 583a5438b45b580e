/** Where things lie, whatever folder `dawsos` is called from. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const program = path.resolve(__dirname, '../..');

/** The project's own folder: that of package.json, also when the program is the compiled one. */
export const projectDir = existsSync(path.join(program, 'package.json')) ? program : path.dirname(program);

export function projectVersion(): string {
  const text = readFileSync(path.join(projectDir, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** DATA_DIR, else `.data` in the project's folder: where `npm start` keeps everything. */
export function dataDirOf(env: NodeJS.ProcessEnv): string {
  return path.resolve(env['DATA_DIR'] || path.join(projectDir, '.data'));
}

/** PATTERNS_DIR, else `patterns` where one stands, else the project's own. */
export function patternsDirOf(env: NodeJS.ProcessEnv): string {
  const given = env['PATTERNS_DIR'];
  if (given) return given;
  return existsSync('patterns') ? 'patterns' : path.join(program, 'patterns');
}
