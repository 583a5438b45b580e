#!/usr/bin/env node
/** `dawsos`: the built program where it is newer than its sources, else the sources themselves through tsx. */
'use strict';
const { readdirSync, readFileSync, statSync } = require('node:fs');
const path = require('node:path');

const root = path.resolve(__dirname, '..');
const sources = ['src', 'workflows', 'activities', 'workers', 'patterns', 'package.json'];

/** Ends this process with what to do next. */
function giveUp(problem, action) {
  process.stderr.write(`error: ${problem}\n  next: ${action}\n`);
  process.exit(70);
}

function checkNode() {
  const { engines } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const [, major, minor] = /(\d+)\.(\d+)/.exec(engines.node).map(Number);
  const [haveMajor, haveMinor] = process.versions.node.split('.').map(Number);
  if (haveMajor > major || (haveMajor === major && haveMinor >= minor)) return;
  giveUp(`Node ${engines.node} is needed; this is ${process.versions.node}.`, 'install a newer Node');
}

/** Newest change below a place, in ms; 0 when it is not there. */
function newest(place) {
  const stat = statSync(place, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  const below = readdirSync(place).map((name) => newest(path.join(place, name)));
  return Math.max(stat.mtimeMs, ...below);
}

/** The build writes its stamp last, so half a build is none. */
function isBuilt() {
  const built = newest(path.join(root, 'dist/stamp'));
  return built > 0 && built >= Math.max(...sources.map((name) => newest(path.join(root, name))));
}

function load() {
  try {
    require.resolve('commander');
    if (isBuilt()) return require(path.join(root, 'dist/src/cli/dawsos.js'));
    require('tsx/cjs');
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error;
    giveUp(`the dependencies in ${root} are not installed.`, `run \`npm ci\` in ${root}`);
  }
  return require(path.join(root, 'src/cli/dawsos.ts'));
}

checkNode();
void load().main(process.argv);
