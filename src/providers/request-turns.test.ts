/** The limit holds in every span of time, not only from one minute to the next. */
import fc from 'fast-check';
import { requestTurns } from './request-turns';

/** Waits are told, not waited for: the clock is moved by what each turn had to wait. */
function turnsAt(limit: { requests: number; perMs: number } | null) {
  const clock = { now: 0 };
  return { clock, turns: requestTurns(limit, () => clock.now) };
}

it('lets as many through at once as the limit counts, and says how long the next would wait', async () => {
  const { clock, turns } = turnsAt({ requests: 3, perMs: 60_000 });
  for (let request = 0; request < 3; request += 1) expect(await turns.take(0)).toBeNull();
  expect(await turns.take(10_000)).toBe(60_000);
  clock.now = 59_000;
  expect(await turns.take(500)).toBe(1000);
  clock.now = 60_000;
  expect(await turns.take(0)).toBeNull();
});

it('never starts more requests in any span than the limit, whenever they are asked for', async () => {
  const gaps = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(gaps, fc.integer({ min: 1, max: 5 }), async (waits, requests) => {
      const { clock, turns } = turnsAt({ requests, perMs: 50 });
      const started: number[] = [];
      for (const gap of waits) {
        clock.now += gap;
        if ((await turns.take(0)) === null) started.push(clock.now);
      }
      started.forEach((at, index) => {
        const next = started[index + requests];
        if (next !== undefined) expect(next - at).toBeGreaterThanOrEqual(50);
      });
    }),
  );
});

it('takes no turn where the wait is too long', async () => {
  const { clock, turns } = turnsAt({ requests: 1, perMs: 1000 });
  await turns.take(0);
  expect(await turns.take(10)).toBe(1000);
  expect(await turns.take(10)).toBe(1000);
  clock.now = 1000;
  expect(await turns.take(0)).toBeNull();
});

it('rests as long as it was told, also without a limit, and never shorter than it was told before', async () => {
  const { clock, turns } = turnsAt(null);
  turns.rest(5000);
  turns.rest(100);
  expect(await turns.take(0)).toBe(5000);
  clock.now = 5000;
  expect(await turns.take(0)).toBeNull();
});

it('waits for its turn in real time, and not when the caller gives up', async () => {
  const turns = requestTurns({ requests: 1, perMs: 80 });
  await turns.take(0);
  const startedAt = performance.now();
  expect(await turns.take(1000)).toBeNull();
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(75);
  const stop = new AbortController();
  const waiting = turns.take(1000, stop.signal);
  stop.abort();
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
});

it('lets nobody go who was waiting when the provider asked for rest', async () => {
  const turns = requestTurns({ requests: 1, perMs: 40 });
  await turns.take(0);
  const waiting = turns.take(1000);
  turns.rest(500);
  expect(await waiting).toBeGreaterThan(300);
});
