#!/usr/bin/env node
/** The command `dawsos`: the compiled program where it is up to date, else the sources through tsx. */
'use strict';
const { existsSync, readdirSync, readFileSync, statSync } = require('node:fs');
const path = require('node:path');

const root = path.resolve(__dirname, '..');
const compiled = path.join(root, 'dist/src/cli/dawsos.js');
const source = path.join(root, 'src/cli/dawsos.ts');

/** Ends this process with what to do next. */
function giveUp(code, problem, action) {
  process.stderr.write(`dawsos: ${problem}\n  next: ${action}\n`);
  process.exit(code);
}

function checkNode() {
  const { engines } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const [, major, minor] = /(\d+)\.(\d+)/.exec(engines.node).map(Number);
  const [haveMajor, haveMinor] = process.versions.node.split('.').map(Number);
  if (haveMajor > major || (haveMajor === major && haveMinor >= minor)) return;
  giveUp(70, `Node ${engines.node} is needed; this is ${process.versions.node}.`, 'install a newer Node, https://nodejs.org');
}

/** A build that is older than some source would run yesterday's code without saying so. */
function isUpToDate() {
  if (!existsSync(compiled)) return false;
  if (!existsSync(source)) return true;
  const builtAt = statSync(compiled).mtimeMs;
  const files = ['src', 'activities', 'workers', 'workflows', 'patterns'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => path.join(root, folder, file)),
  );
  return files.every((file) => file.endsWith('.test.ts') || statSync(file).mtimeMs <= builtAt);
}

checkNode();
const program = isUpToDate() ? compiled : source;
if (!existsSync(program)) giveUp(70, `there is neither ${compiled} nor ${source}.`, 'get the sources again, or run `npm run build` in them');
try {
  require.resolve('commander', { paths: [root] });
  if (program === source) require('tsx/cjs');
} catch {
  giveUp(70, `the dependencies in ${root} are not installed.`, `run \`npm ci\` in ${root}`);
}
require(program);
