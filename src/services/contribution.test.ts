import fc from 'fast-check';
import { anyPortfolio, baseReturn, play, type Scenario } from '../../tests/support/positions';
import { type Contribution, contributions } from './contribution';

const still = { USD: '1', CAD: '1' };

function rowsOf(scenario: Scenario): Contribution[] {
  const found = contributions(play(scenario).history);
  if ('reason' in found) throw new Error(found.reason);
  return found.rows;
}

describe('contributions', () => {
  it('are weight times return of each share, and what cash, fees and taxes did', () => {
    const rows = rowsOf({
      prices: [
        { A: ['100', 'USD'], B: ['50', 'USD'] },
        { A: ['110', 'USD'], B: ['45', 'USD'] },
      ],
      rates: [still, still],
      shares: [
        [0, 'A', '1'],
        [0, 'B', '2'],
      ],
      cash: [
        [0, 'CAD', '200', '200'],
        [1, 'CAD', '-3', '0'],
      ],
      flows: [
        { day: 1, kind: 'fees', currency: 'CAD', income: '-4' },
        { day: 1, kind: 'taxes', currency: 'CAD', income: '-1' },
      ],
    });
    expect(
      rows.map(({ kind, security_id, contribution }) => [kind, security_id, contribution.toFixed(6)]),
    ).toEqual([
      ['security', 'A', '0.025000'],
      ['security', 'B', '-0.025000'],
      ['cash', null, '0.005000'],
      ['fees', null, '-0.010000'],
      ['taxes', null, '-0.002500'],
    ]);
    expect(rows[0]).toMatchObject({ average_weight: 0.25, is_open: true, observations: 1, reasons: {} });
    expect(rows[3]).toMatchObject({
      ...{ average_weight: null, position_return: null, is_open: false },
      reasons: { average_weight: 'NOT_APPLICABLE', position_return: 'NOT_APPLICABLE' },
    });
  });

  it('have a row for what was opened and closed in the window, with its return', () => {
    const rows = rowsOf({
      prices: ['100', '100', '120', '130'].map((close) => ({ A: [close, 'USD'] })),
      rates: [still, still, still, still],
      shares: [
        [1, 'A', '1'],
        [3, 'A', '-1'],
      ],
      cash: [
        [0, 'USD', '1000', '1000'],
        [1, 'USD', '-100', '0'],
        [3, 'USD', '130', '0'],
      ],
      flows: [
        { day: 1, security_id: 'A', bought: '100' },
        { day: 3, security_id: 'A', sold: '130' },
      ],
    });
    expect(rows[0]).toMatchObject({ is_open: false, observations: 3 });
    expect(rows[0]?.position_return).toBeCloseTo(0.3, 12);
    expect(rows[0]?.contribution).toBeCloseTo(0.03, 12);
    expect(rows[1]).toMatchObject({ kind: 'cash', contribution: 0, position_return: 0 });
  });

  it('are not available from one day', () => {
    expect(contributions(play({ prices: [{}], rates: [still] }).history)).toEqual({
      reason: 'TOO_FEW_OBSERVATIONS',
    });
  });

  it('add up to the time-weighted return of the portfolio, whatever happens, and weights to one', () => {
    fc.assert(
      fc.property(anyPortfolio, (scenario) => {
        const all = play(scenario);
        const found = contributions(all.history);
        if ('reason' in found) throw new Error(found.reason);
        expect(Math.abs(found.total - baseReturn(all.values))).toBeLessThan(1e-9);
        const weights = found.rows.reduce((sum, { average_weight }) => sum + (average_weight ?? 0), 0);
        expect(weights).toBeCloseTo(1, 9);
      }),
    );
  });
});
