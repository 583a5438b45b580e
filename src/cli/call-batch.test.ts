import { Readable, Writable } from 'node:stream';
import { callBatch } from './call-batch';
import { pureCaller } from './pure-caller';

async function batch(lines: string[]): Promise<{ failed: number; answers: unknown[] }> {
  let text = '';
  const output = new Writable({
    write: (chunk, _encoding, done) => {
      text += String(chunk);
      done();
    },
  });
  const failed = await callBatch(pureCaller(), Readable.from(lines.join('\n')), output);
  const answers = text.trimEnd().split('\n');
  return { failed, answers: answers.map((line) => JSON.parse(line) as unknown) };
}

const line = (args: object, capability = 'calc.annualise'): string => JSON.stringify({ capability, args });
const needsDatabase = { portfolio_id: 'a11ce000-0000-4000-8000-0000000000a1' };

describe('dawsos call --batch', () => {
  it('answers each line in its place, whatever the others come to', async () => {
    const { failed, answers } = await batch([
      line({ total_return: '0.21', days: 730 }),
      '',
      'no json',
      '["calc.annualise"]',
      line({}, 'calc.anualise'),
      line({ total_return: 'much' }),
      line(needsDatabase, 'ledger.positions'),
      line({ total_return: 0.5, days: 365 }),
    ]);
    expect(failed).toBe(5);
    expect(answers).toMatchObject([
      { result: { annualised: 0.09999999999999999 } },
      { error: { code: 'REQUEST_INVALID' } },
      { error: { code: 'REQUEST_INVALID' } },
      { error: { code: 'CAPABILITY_UNKNOWN' } },
      { error: { code: 'ARGS_INVALID', detail: expect.stringContaining('/total_return') as string } },
      { error: { code: 'DATABASE_UNAVAILABLE' } },
      { result: { annualised: 0.5 } },
    ]);
  });

  it('manages a thousand lines, in order', async () => {
    const lines = Array.from({ length: 1000 }, (_, i) => line({ total_return: i / 1000, days: 365 }));
    const { failed, answers } = await batch(lines);
    expect(failed).toBe(0);
    const returns = answers.map((answer) => (answer as { result: { annualised: number } }).result.annualised);
    for (const [i, value] of returns.entries()) expect(value).toBeCloseTo(i / 1000, 12);
  });
});
