/**
 * Outlives a supervisor that was killed, just long enough to stop its servers. Reads `+pid signal` and `-pid` from
 * standard input; at end-of-file (the supervisor is gone, however it went) it stops what is still listed.
 * Plain JavaScript, Node builtins only: it has to start in a moment, under any loader.
 */
'use strict';
const { createInterface } = require('node:readline');

/** Between the polite signal and the end of patience. */
const patienceMs = 4000;
const listed = new Map();

// A terminal that closes, or Ctrl-C in it, must not take the guard along.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const [, sign, pid, signal] = /^([+-])(\d+) ?(\w*)$/.exec(line) ?? [];
  if (sign === '+') listed.set(Number(pid), signal);
  if (sign === '-') listed.delete(Number(pid));
});
lines.on('close', () => {
  for (const [pid, signal] of listed) send(pid, signal);
  const deadline = Date.now() + patienceMs;
  const timer = setInterval(() => {
    const living = [...listed.keys()].filter((pid) => send(pid, 0));
    if (living.length > 0 && Date.now() < deadline) return;
    // Negative: the whole group, since each server leads its own.
    for (const pid of living) send(-pid, 'SIGKILL');
    clearInterval(timer);
  }, 100);
});

function send(pid, signal) {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}
