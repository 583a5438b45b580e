import fc from 'fast-check';
import type { BreakerState } from '../contract/breaker';
import { ask, closedBreaker, defaultLimits, failed, succeeded } from './state-machine';

const { failures, openMs, probeMs } = defaultLimits;

interface Admitted {
  generation: number;
  wasProbe: boolean;
  at: number;
}

/** A breaker with its clock and the calls that were let through and have not reported. */
function world() {
  let state: BreakerState = closedBreaker;
  let now = 1_000_000;
  const pending: Admitted[] = [];
  return {
    get state() {
      return state;
    },
    get now() {
      return now;
    },
    pending,
    wait(ms: number) {
      now += ms;
    },
    ask() {
      const { answer, state: next } = ask(state, now, defaultLimits);
      state = next;
      if (answer.decision !== 'reject')
        pending.push({ generation: answer.generation, wasProbe: answer.decision === 'probe', at: now });
      return answer;
    },
    report(call: Admitted, outcome: 'ok' | 'fail') {
      state =
        outcome === 'ok'
          ? succeeded(state, call.generation, call.wasProbe)
          : failed(state, call, now, defaultLimits);
    },
  };
}

type Event = { kind: 'ask' } | { kind: 'wait'; ms: number } | { kind: 'ok' | 'fail'; pick: number };

const events = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.constant<Event>({ kind: 'ask' }) },
    { weight: 2, arbitrary: fc.integer({ min: 1, max: 70_000 }).map((ms): Event => ({ kind: 'wait', ms })) },
    {
      weight: 5,
      arbitrary: fc
        .record({ kind: fc.constantFrom('ok' as const, 'fail' as const), pick: fc.nat(50) })
        .map((event): Event => event),
    },
  ),
  { maxLength: 120 },
);

function play(
  sequence: readonly Event[],
  check: (before: BreakerState, w: ReturnType<typeof world>) => void,
) {
  const w = world();
  for (const event of sequence) {
    const before = w.state;
    if (event.kind === 'ask') w.ask();
    else if (event.kind === 'wait') w.wait(event.ms);
    else if (w.pending.length > 0) {
      const [call] = w.pending.splice(event.pick % w.pending.length, 1);
      if (call) w.report(call, event.kind);
    }
    check(before, w);
  }
}

function open() {
  const w = world();
  for (let i = 0; i < failures; i += 1) w.ask();
  for (const call of w.pending.splice(0)) w.report(call, 'fail');
  return w;
}

describe('the breaker', () => {
  it('opens after five failures in a row and not before', () => {
    const w = world();
    for (let i = 1; i <= failures; i += 1) {
      expect(w.ask().decision).toBe('allow');
      const [call] = w.pending.splice(0);
      if (call) w.report(call, 'fail');
    }
    expect(w.ask()).toEqual({ decision: 'reject', retryAfterMs: openMs });
  });

  it('counts failures in a row only', () => {
    const w = world();
    for (let i = 0; i < 50; i += 1) {
      w.ask();
      const [call] = w.pending.splice(0);
      if (call) w.report(call, i % failures === failures - 1 ? 'ok' : 'fail');
      expect(w.state.open_until).toBe(0);
    }
  });

  it('lets one probe through after its time and closes when that succeeds', () => {
    const w = open();
    w.wait(openMs);
    expect(w.ask().decision).toBe('probe');
    expect(w.ask()).toEqual({ decision: 'reject', retryAfterMs: probeMs });
    const [probe] = w.pending.splice(0);
    if (probe) w.report(probe, 'ok');
    expect(w.ask().decision).toBe('allow');
  });

  it('opens again for the whole time when the probe fails', () => {
    const w = open();
    w.wait(openMs);
    w.ask();
    const [probe] = w.pending.splice(0);
    w.wait(100);
    if (probe) w.report(probe, 'fail');
    expect(w.ask()).toEqual({ decision: 'reject', retryAfterMs: openMs });
  });

  it('gives the probe to another caller when its holder is silent for the length of the lease', () => {
    const w = open();
    w.wait(openMs);
    w.ask();
    const [silent] = w.pending.splice(0);
    w.wait(probeMs);
    expect(w.ask().decision).toBe('probe');
    const before = w.state;
    if (silent) w.report(silent, 'ok');
    expect(w.state).toEqual(before);
  });

  it('is opened once by a storm of failures, and not prolonged by the late ones', () => {
    const w = world();
    for (let i = 0; i < 500; i += 1) w.ask();
    const calls = w.pending.splice(0);
    for (const call of calls.slice(0, failures)) w.report(call, 'fail');
    const opened = w.state;
    w.wait(30_000);
    for (const call of calls.slice(failures)) w.report(call, 'fail');
    expect(w.state).toEqual(opened);
  });
});

describe('in any order of events the breaker', () => {
  it('never moves open_until while it is open', () => {
    fc.assert(
      fc.property(events, (sequence) => {
        play(sequence, (before, w) => {
          if (before.open_until > w.now) expect(w.state).toEqual(before);
        });
      }),
    );
  });

  it('lets at most one probe through per window, and nothing else while it is not closed', () => {
    fc.assert(
      fc.property(events, (sequence) => {
        const w = world();
        let lastProbe = -Infinity;
        for (const event of sequence) {
          const wasOpen = w.state.open_until !== 0;
          if (event.kind === 'wait') w.wait(event.ms);
          else if (event.kind === 'ask') {
            const { decision } = w.ask();
            if (wasOpen) expect(decision).not.toBe('allow');
            else expect(decision).toBe('allow');
            if (decision !== 'probe') continue;
            // The next one follows the lease of a silent probe at the earliest, or closing and opening again.
            expect(w.now - lastProbe).toBeGreaterThanOrEqual(Math.min(probeMs, openMs));
            lastProbe = w.now;
          } else {
            const [call] = w.pending.splice(event.pick % Math.max(1, w.pending.length), 1);
            if (call) w.report(call, event.kind);
          }
        }
      }),
    );
  });

  it('never counts backwards and never holds a half state', () => {
    fc.assert(
      fc.property(events, (sequence) => {
        play(sequence, (before, { state }) => {
          expect(state.generation).toBeGreaterThanOrEqual(before.generation);
          expect(state.open_until === 0).toBe(state.fails < failures);
          if (state.open_until === 0) expect(state.probe_until).toBe(0);
          if (state.open_until !== before.open_until)
            expect(state.generation).toBeGreaterThan(before.generation);
        });
      }),
    );
  });

  it('comes back: when all calls succeed from now on, it is closed after one window and one lease', () => {
    fc.assert(
      fc.property(events, (sequence) => {
        const w = world();
        for (const event of sequence) {
          if (event.kind === 'ask') w.ask();
          else if (event.kind !== 'wait') {
            const [call] = w.pending.splice(0, 1);
            if (call) w.report(call, 'fail');
          }
        }
        w.pending.splice(0);
        w.wait(openMs + probeMs);
        w.ask();
        const [call] = w.pending.splice(0);
        if (call) w.report(call, 'ok');
        expect(w.state).toMatchObject({ fails: 0, open_until: 0, probe_until: 0 });
      }),
    );
  });
});
