import { testContext } from '../../tests/support/request-context';
import { testSignatures } from '../../tests/support/scripted-run';
import { lookupOf } from './check-context';
import { toPlan } from './compile';
import { explainPlan } from './explain-plan';
import { foreseenCalls } from './foreseen-calls';
import type { Plan } from './plan';
import type { Pattern } from './schema';

function planOf(steps: object[], others: object[] = []): Plan {
  const pattern = { id: 'p', name: 'P', steps, outputs: [] } as unknown as Pattern;
  return toPlan(pattern, { signatures: testSignatures, patterns: lookupOf(others as Pattern[]) });
}

const make = { capability: 'list.make', as: 'made' };
const sum = { capability: 'list.sum', args: { items: '{{state.made.items}}' }, as: 'total' };
const write = { capability: 'book.write', args: { n: '{{state.total.sum}}' }, as: 'booked' };
const inner = {
  id: 'inner',
  name: 'Inner',
  version: '2.1.0',
  inputs: { size: { type: 'integer', default: 4 } },
  steps: [{ capability: 'list.make', args: { size: '{{inputs.size}}' }, as: 'deep' }],
  outputs: ['deep'],
};

describe('explainPlan', () => {
  it('says of each step in which wave it can run and what it waits for, with the reference', () => {
    const { steps } = explainPlan(planOf([sum, make, { ...make, as: 'other' }]));
    expect(steps.map(({ path, wave }) => [path, wave])).toEqual([['total', 2], ['made', 1], ['other', 1]]); // prettier-ignore
    expect(steps[0]?.waits_for).toEqual([
      { step: 'made', reason: 'reference', detail: 'args.items = {{state.made.items}}' },
    ]);
  });

  it('tells gates, writes and `after` from references', () => {
    const gate = { assert: 'state.made.label != "x"', as: 'sure' };
    const late = { capability: 'list.make', as: 'late', after: 'made' };
    const { steps, direct } = explainPlan(planOf([make, sum, gate, late, write]));
    const reasons = steps.map(({ path, waits_for }) => [
      path,
      Object.fromEntries(waits_for.map(({ step, reason }) => [step, reason])),
    ]);
    expect(reasons).toEqual([
      ['made', {}],
      ['total', { made: 'reference' }],
      ['sure', { made: 'reference', total: 'gate' }],
      ['late', { made: 'after', sure: 'gate' }],
      ['booked', { total: 'reference', sure: 'gate', made: 'write', late: 'write' }],
    ]);
    expect(steps[2]?.waits_for[1]?.detail).toBe('sure (assert) is a gate');
    expect(steps[4]?.waits_for.at(-1)?.detail).toBe('booked has an effect and stands below');
    expect(direct.eligible).toBe(false);
    expect(direct.reasons).toContain('step "booked" has an effect (book.write)');
  });

  it('goes into groups, maps, loops, sub-patterns and handlers', () => {
    const steps = [
      make,
      { steps: [sum, { capability: 'note.take', args: { a: '{{state.total.sum}}' }, as: 'noted' }], outputs: ['noted'], as: 'both' },
      { map: { in: '{{state.made.items}}', do: { capability: 'note.take', args: { a: '{{item}}' } } }, as: 'rows' },
      { pattern: 'inner', as: 'sub' },
      { ...make, as: 'risky', fallback: { capability: 'list.make', as: 'spare' } },
    ]; // prettier-ignore
    const explained = explainPlan(planOf(steps, [inner]));
    expect(explained.steps.map(({ path, within, wave }) => [path, within, wave])).toEqual([
      ['made', null, 1],
      ['both', null, 2],
      ['both.total', 'both', 1],
      ['both.noted', 'both', 2],
      ['rows', null, 2],
      ['rows.*', 'rows', 1],
      ['sub', null, 1],
      ['sub.deep', 'sub', 1],
      ['risky', null, 1],
      ['risky:fallback', 'risky', 1],
    ]);
    expect(explained.steps[1]?.waits_for[0]?.detail).toBe('args.items = {{state.made.items}}');
    expect(explained.steps[6]?.pattern).toBe('inner@2.1.0');
    expect(explained.steps[9]?.catches).toEqual(['*']);
  });

  it('finds the chain with the most steps, or with known durations the one that takes longest', () => {
    const plan = planOf([make, sum, { ...make, as: 'slow' }]);
    expect(explainPlan(plan)).toMatchObject({ critical_path: ['made', 'total'], critical_path_ms: null });
    const durations = new Map([['made', 10], ['total', 20], ['slow', 500]]); // prettier-ignore
    expect(explainPlan(plan, { durations })).toMatchObject({
      critical_path: ['slow'],
      critical_path_ms: 500,
    });
  });

  it('names who may answer what it asks, and who may start it', () => {
    const gate = { approval: { title: 'Go?', rights: ['orders_approve'] }, as: 'go' };
    const nested = { steps: [gate], as: 'g' };
    const explained = explainPlan(planOf([nested]), { rights: ['portfolio_read'] });
    expect(explained.approval_rights).toEqual(['orders_approve']);
    expect(explained.rights).toEqual(['portfolio_read']);
    expect(explained.patience).toBe('background');
  });

  it('writes a plain text that names waves, reasons, pack and memory', () => {
    const predictions = new Map([['made', { state: 'hit' as const, reason: '' }]]);
    const pack = { id: 'PP_2013-02-28', status: 'fresh' as const, asof_date: '2013-02-28', ready: true };
    const { text } = explainPlan(planOf([make, sum]), { predictions, pack });
    expect(text.split('\n').slice(1)).toEqual([
      'modes: durable (step "made" calls list.make, which depends on more than its arguments and the snapshot, and 1 more)',
      'patience: interactive',
      'pack: PP_2013-02-28 fresh',
      'longest chain: made → total',
      '',
      'wave 1',
      '  made  list.make · agent tester · memory: hit',
      'wave 2',
      '  total  list.sum · agent tester',
      '      waits for made: args.items = {{state.made.items}}',
    ]);
  });

  it('draws a mermaid flowchart whose labels end nothing early', () => {
    const steps = [make, { ...sum, condition: 'state.made.label == "a]|" && state.made.items.length > 0' }];
    const { mermaid } = explainPlan(planOf([{ steps, as: 'g', outputs: ['total'] }, write]));
    expect(mermaid.split('\n')).toEqual([
      'flowchart TD',
      '  subgraph n0["g<br/>group"]',
      '    n1["made<br/>list.make"]',
      '    n2["total<br/>list.sum<br/>if state.made.label == #34;a#93;#124;#34; #38;#38; state.made.items.length #62; 0"]',
      '  end',
      '  n3[["booked<br/>book.write"]]',
      '  n1 -->|"state.made.items, …"| n2',
      '  n0 -.->|"write"| n3',
      '  classDef critical stroke-width:3px',
      '  class n0,n1,n2,n3 critical',
    ]);
  });
});

describe('drawMermaid', () => {
  it('leaves out the waits of gates and writes that others imply', () => {
    const names = ['a', 'b', 'c'].map((as) => ({ ...make, as }));
    const sure = { assert: 'state.a.label != "x"', as: 'sure' };
    const { mermaid } = explainPlan(planOf([...names, sure, { ...write, args: {} }]));
    expect(mermaid.split('\n').filter((line) => line.includes('>|'))).toEqual([
      '  n0 -->|"state.a.label"| n3',
      '  n1 -.->|"gate"| n3',
      '  n2 -.->|"gate"| n3',
      '  n3 -.->|"gate"| n4',
    ]);
  });
});

describe('foreseenCalls', () => {
  const pure = new Map(
    [...testSignatures].map(([name, it]) => [name, { ...it, pure: it.effect === 'none' }]),
  );
  const foresee = (steps: object[], inputs = {}) => {
    const pattern = { id: 'p', name: 'P', steps, outputs: [] } as unknown as Pattern;
    const plan = toPlan(pattern, { signatures: pure, patterns: lookupOf([inner]) });
    return Object.fromEntries(foreseenCalls(plan, testContext, inputs));
  };

  it('fills the arguments of what depends on inputs and context alone, sub-patterns included', () => {
    const calls = foresee([{ ...make, args: { size: '{{inputs.n}}' } }, sum, { pattern: 'inner', as: 'sub' }], { n: 2 }); // prettier-ignore
    expect(calls['made']).toMatchObject({ args: { size: 2 } });
    expect(calls['total']).toEqual({ state: 'unknown', reason: 'depends on results' });
    expect(calls['sub.deep']).toMatchObject({ args: { size: 4 } });
  });

  it('says why memory is not asked', () => {
    const item = { capability: 'note.take', args: { a: 1 } };
    const calls = foresee([
      write,
      { ...make, cache: false },
      { ...make, as: 'never', condition: '1 > 2' },
      { map: { in: [1], do: item }, as: 'rows' },
      { ...make, as: 'risky', fallback: item },
    ]);
    const reasons = Object.entries(calls).map(([path, call]) => [
      path,
      'reason' in call ? call.reason : null,
    ]);
    expect(Object.fromEntries(reasons)).toEqual({
      booked: 'it has an effect',
      made: 'the step says `cache: false`',
      never: 'its condition is false',
      'rows.*': 'depends on results',
      risky: null,
      'risky:fallback': 'depends on results',
    });
  });
});
