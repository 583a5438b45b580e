import path from 'node:path';
import { differences } from './compare';
import { readCases, runCase } from './run';

const cases = readCases(path.join(__dirname));

it.each(cases.map((golden) => [golden.id, golden.case, golden] as const))('%s: %s', async (_id, _case, golden) => {
  expect(await runCase(golden)).toEqual([]);
});

describe('comparing', () => {
  it.each([
    [1.05, 1, { abs: 0.1 }, 0],
    [1.2, 1, { abs: 0.1 }, 1],
    ['1.00', 1, {}, 0],
    [null, 1, { abs: 1 }, 1],
    [[1, 2], [1], {}, 1],
    [{ a: 1, b: 2 }, { a: 1 }, {}, 0],
    [{}, { a: 1 }, {}, 1],
    ['x', 'y', {}, 1],
    [null, null, {}, 0],
  ])('%j against %j within %j finds %i differences', (actual, expected, tolerance, count) => {
    expect(differences(actual, expected, tolerance)).toHaveLength(count);
  });
});
