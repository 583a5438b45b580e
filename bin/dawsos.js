#!/usr/bin/env node
/** `dawsos`: the built program where it is newer than its sources, else the sources themselves through tsx. */
'use strict';
const { readdirSync, statSync } = require('node:fs');
const path = require('node:path');

const root = path.resolve(__dirname, '..');
const sources = ['src', 'workflows', 'activities', 'workers', 'patterns', 'package.json'];

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
  if (isBuilt()) return require(path.join(root, 'dist/src/cli/dawsos.js'));
  require('tsx/cjs');
  return require(path.join(root, 'src/cli/dawsos.ts'));
}

void load().main(process.argv);
