import { printed, shortened } from './short-json';

describe('an example that is cut for reading', () => {
  it('stays whole when it is short', () => {
    const value = { weights: [0.5, 0.5], reasons: {} };
    expect(shortened(value, 5)).toEqual(value);
    expect(printed(value)).toBe('{ "weights": [0.5, 0.5], "reasons": {} }');
  });

  it('says how much was left out, and where', () => {
    const rows = Array.from({ length: 5 }, (_, index) => ({
      date: `2013-02-0${String(index + 1)}`,
      value: index,
    }));
    expect(shortened({ rows }, 20)).toEqual({ rows: [rows[0], rows[1], rows[2], '… 2 more'] });
  });

  it('fits into the lines that it may have, down to a few', () => {
    const row = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [`member_${String(index)}`, 'x'.repeat(40)]),
    );
    const lines = printed(shortened({ ...row, rows: [row, row, row] }, 24)).split('\n');
    expect(lines.length).toBeLessThanOrEqual(24);
    expect(lines.join('\n')).toContain('more members');
  });

  it('breaks what is wider than a page', () => {
    expect(printed({ a: 'x'.repeat(60), b: ['y'.repeat(60)] })).toBe(
      `{\n  "a": "${'x'.repeat(60)}",\n  "b": ["${'y'.repeat(60)}"]\n}`,
    );
  });
});
