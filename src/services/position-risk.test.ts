import { positionMeasures } from './position-measures';
import { positionRisk } from './position-risk';

const asset = (id: string, weight: number, returns: (number | null)[]) => ({ id, weight, returns });
const up = [0.01, -0.02, 0.03, -0.01];
const days = ['2013-01-07', '2013-01-08', '2013-01-09', '2013-01-10', '2013-01-11'];

describe('the risk a position carries', () => {
  it('is its part of the portfolio’s value at risk, and parts add up', () => {
    const assets = [
      asset('A', 0.5, up),
      asset('B', 0.3, [0.02, 0.01, null, 0]),
      asset('CAD', 0.2, [0, 0, 0, 0]),
    ];
    const risks = ['A', 'B', 'CAD'].map((id) => positionRisk(assets, id, 0.95));
    const sum = risks.reduce((all, one) => all + (one.component_value_at_risk as number), 0);
    expect(sum).toBeCloseTo(risks[0]?.portfolio_value_at_risk as number, 12);
    expect(risks.reduce((all, one) => all + (one.share as number), 0)).toBeCloseTo(1, 12);
    expect(risks[0]).toMatchObject({ observations: 3, dropped: 1, reasons: {} });
  });

  it('is not available for what is not held, of too few days, or a share of no risk', () => {
    expect(positionRisk([asset('A', 1, up)], 'B', 0.95)).toMatchObject({
      ...{ component_value_at_risk: null, share: null },
      reasons: { component_value_at_risk: 'NOT_HELD', share: 'NOT_HELD' },
    });
    expect(positionRisk([asset('A', 1, [0.01])], 'A', 0.95)).toMatchObject({
      ...{ portfolio_value_at_risk: null, component_value_at_risk: null },
      reasons: {
        ...{ portfolio_value_at_risk: 'TOO_FEW_OBSERVATIONS', share: 'TOO_FEW_OBSERVATIONS' },
        component_value_at_risk: 'TOO_FEW_OBSERVATIONS',
      },
    });
    expect(positionRisk([asset('CAD', 1, [0, 0, 0])], 'CAD', 0.95)).toMatchObject({
      ...{ portfolio_value_at_risk: 0, component_value_at_risk: 0, share: null },
      reasons: { share: 'ZERO_DEVIATION' },
    });
  });
});

describe('the measures of a position', () => {
  it('are those of the days it was held, its fall dated from the day before the first', () => {
    const found = positionMeasures(days, [null, -0.1, 0.2, 0], [0.5, -0.05, 0.1, 0], 0.95);
    expect(found).toMatchObject({
      peak: '2013-01-08',
      trough: '2013-01-09',
      recovery: '2013-01-10',
      reasons: {},
    });
    expect(found.max_drawdown).toBeCloseTo(-0.1, 12);
    expect([found.beta, found.correlation].map((value) => value?.toFixed(9))).toEqual([
      '2.000000000',
      '1.000000000',
    ]);
  });

  it('give a reason for each that is not there', () => {
    expect(positionMeasures(days, [null, null, null, 0.01], up, 0.95)).toMatchObject({
      ...{ volatility: null, beta: null, peak: null, max_drawdown: 0 },
      reasons: { volatility: 'TOO_FEW_OBSERVATIONS', beta: 'TOO_FEW_OBSERVATIONS', peak: 'ZERO_DEVIATION' },
    });
    expect(positionMeasures(days, [null, 0.1, -0.1, 0], up, 0.95)).toMatchObject({
      recovery: null,
      reasons: { recovery: 'NOT_RECOVERED' },
    });
    const never = positionMeasures(days, [null, null, null, null], up, 0.95);
    expect(never.reasons).toMatchObject({
      ...{ max_drawdown: 'TOO_FEW_OBSERVATIONS', correlation: 'TOO_FEW_OBSERVATIONS' },
      'value_at_risk.historical': 'TOO_FEW_OBSERVATIONS',
    });
    expect(JSON.stringify(never)).not.toMatch(/NaN|Infinity/);
  });
});
