import { CliError } from './cli-error';
import { planOffline } from './offline-plan';

const saga = 'examples/patterns/workflow/order_saga.json';

function refusal(name: string, agents: string[] = []): CliError {
  try {
    planOffline(name, agents, 'interactive');
  } catch (error) {
    if (error instanceof CliError) return error;
  }
  throw new Error(`${name} was planned`);
}

describe('planning without a server', () => {
  it('tells order and reasons of a file on agents from outside, and neither pack nor memory', () => {
    const { steps, critical_path, pack, rights } = planOffline(saga, ['examples/agents'], 'interactive');
    expect(critical_path).toEqual(['cost', 'cash', 'order', 'booking']);
    expect(steps.find(({ path }) => path === 'cash')).toMatchObject({
      agent: 'order_desk',
      predicted_cache: null,
    });
    expect([pack, rights]).toEqual([null, ['orders_write']]);
  });

  it('finds a pattern by its id, with the patience that is asked', () => {
    expect(planOffline('portfolio_overview', [], 'background')).toMatchObject({
      pattern: { id: 'portfolio_overview' },
      patience: 'background',
    });
  });

  it('refuses one with problems, naming all of them', () => {
    const { exitCode, problem } = refusal(saga);
    expect([exitCode, problem.code]).toEqual([1, 'PATTERN_INVALID']);
    expect(problem.problems?.map(({ code }) => code)).toContain('CAPABILITY_UNKNOWN');
    expect(problem.action).toBe(`See what is wrong: dawsos check ${saga}`);
  });

  it.each([
    ['no_such_pattern', /neither a file or folder nor the id/],
    ['examples/patterns', /has to be one pattern/],
    ['README.md', /README\.md: .*JSON/],
  ])('refuses %s as a wrong argument', (name, message) => {
    const { exitCode, problem } = refusal(name);
    expect(exitCode).toBe(2);
    expect(problem.detail).toMatch(message);
  });
});
