import fc from 'fast-check';
import type { AlertCondition, AlertOperator } from '../contract/alert-condition';
import { alertOperators } from '../contract/alert-condition';
import { evaluateCondition, type Observed } from './alert-evaluation';

const seen = (value: Observed['value'], unit: string, more: Partial<Observed> = {}): Observed => ({
  ...{ subject: 'It', value, unit, asof_date: '2013-02-28', reason: null },
  ...more,
});
const level = (op: AlertOperator, threshold: number): AlertCondition => ({
  ...{ type: 'macro', measure: 'level', indicator: 'UNRATE', op, threshold, unit: 'percent' },
});
const price = (op: AlertOperator, threshold: string): AlertCondition => ({
  ...{ type: 'price', security_id: '5ec00000-0000-4000-8000-00000000aa91', op, threshold, unit: 'USD' },
});
const outcome = (condition: AlertCondition, observed: Observed): string =>
  evaluateCondition(condition, observed).outcome;

describe('a condition against what was found', () => {
  it.each<[AlertOperator, string]>([
    ['>', 'no no yes'],
    ['<', 'yes no no'],
    ['>=', 'no yes yes'],
    ['<=', 'yes yes no'],
    ['==', 'no yes no'],
    ['!=', 'yes no yes'],
  ])('fires for 7, 8 and 9 %s 8: %s', (op, expected) => {
    const fires = [7, 8, 9].map((value) => outcome(level(op, 8), seen(value, 'percent')) === 'fires');
    expect(fires.map((one) => (one ? 'yes' : 'no')).join(' ')).toBe(expected);
  });

  it('says what was found, the threshold and the day, with units', () => {
    expect(evaluateCondition(level('>', 7.5), seen(7.9, 'percent'))).toEqual({
      outcome: 'fires',
      sentence: 'It is 7.9 % as of 2013-02-28, above 7.5 %.',
      reason: null,
    });
    expect(evaluateCondition(level('>', 8), seen(7.9, 'percent')).sentence).toBe(
      'It is 7.9 % as of 2013-02-28, not above 8 %.',
    );
  });

  it('compares money to its last digit', () => {
    const fine = '0.10000000000000000000000000000000001';
    expect(outcome(price('>', '0.1'), seen(fine, 'USD'))).toBe('fires');
    expect(outcome(price('==', '441.40'), seen('441.4', 'USD'))).toBe('fires');
    expect(outcome(price('<', '9007199254740993'), seen('9007199254740992', 'USD'))).toBe('fires');
  });

  it('never fires without a value, and says why', () => {
    expect(evaluateCondition(level('!=', 8), seen(null, 'percent', { reason: 'STALE' }))).toEqual({
      outcome: 'not_available',
      sentence: 'It is not available as of 2013-02-28 (STALE).',
      reason: 'STALE',
    });
    expect(evaluateCondition(level('!=', 8), seen(null, '')).reason).toBe('MISSING_INPUT');
  });

  it('never compares values of two units', () => {
    expect(evaluateCondition(level('<', 8), seen(0.079, 'fraction'))).toMatchObject({
      outcome: 'not_available',
      reason: 'UNIT_DIFFERS',
    });
    expect(outcome(price('>', '1'), seen('441.4', 'CAD'))).toBe('not_available');
  });

  it('reaches a limit of the drawdown, and exceeds a drawdown at risk', () => {
    const limit: AlertCondition = { type: 'drawdown_limit', threshold: 0.2, unit: 'fraction' };
    const risk: AlertCondition = { type: 'dar_breach', threshold: 0.2, unit: 'fraction' };
    expect([limit, risk].map((one) => outcome(one, seen(0.2, 'fraction')))).toEqual([
      'fires',
      'does_not_fire',
    ]);
    expect(evaluateCondition(limit, seen(0.21339, 'fraction')).sentence).toBe(
      'It is 21.339 % as of 2013-02-28, at or above 20 %.',
    );
  });

  it('takes a shift of the regime for one only when it is as sure as asked', () => {
    const shift: AlertCondition = {
      ...{ type: 'regime_shift', over_days: 31, threshold: 1, unit: 'phases', least_margin: 5 },
    };
    const found = (margin: number | null): Observed => seen(1, 'phases', { margin });
    expect([4.9, 5, null].map((margin) => outcome(shift, found(margin)))).toEqual([
      'does_not_fire',
      'fires',
      'not_available',
    ]);
    expect(evaluateCondition(shift, found(4.9)).sentence).toBe(
      'It is 1 phase as of 2013-02-28, at or above 1 phase. Its margin of 4.9 points is below 5 points.',
    );
    expect(outcome({ ...shift, least_margin: 0 }, seen(1, 'phases', { margin: null }))).toBe('fires');
  });

  it('fires for exactly one of each operator and its opposite, whatever the numbers', () => {
    const opposite: Record<AlertOperator, AlertOperator> = {
      ...{ '>': '<=', '<': '>=', '>=': '<', '<=': '>', '==': '!=', '!=': '==' },
    };
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(number, number, fc.constantFrom(...alertOperators), (value, threshold, op) => {
        const both = [op, opposite[op]].map((one) => outcome(level(one, threshold), seen(value, 'percent')));
        expect(both.sort()).toEqual(['does_not_fire', 'fires']);
      }),
    );
  });
});
