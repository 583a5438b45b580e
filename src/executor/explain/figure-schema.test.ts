import { Type } from '@sinclair/typebox';
import { catalogue } from '../../capabilities';
import { figureSchema } from './figure-schema';
import { surroundingsOf, unitInRow } from './surroundings';

const valued = catalogue['pricing.apply_pack'].result;
const twr = catalogue['metrics.compute_twr'].result;

describe('what a contract says of a figure', () => {
  it.each([
    ['positions.0.value', valued, '1', 'money'],
    ['positions.0.price', valued, '1', 'price'],
    ['positions.0.quantity', valued, '1', 'quantity'],
    ['positions.0.rate_base_per_local', valued, '1', 'exchange_rate'],
    ['positions.0.weight', valued, 0.1, 'fraction'],
    ['positions.0.rate_date', valued, '2013-02-28', 'date'],
    ['value', twr, 0.1, 'fraction'],
    ['windows.1y.observations', twr, 251, 'count'],
    ['days', twr, 367, 'days'],
    ['error_bps', catalogue['metrics.currency_attribution'].result, 0, 'basis_points'],
    ['sharpe_ratio', catalogue['metrics.compute_risk'].result, 1.2, 'ratio'],
    ['overall', catalogue['ratings.aggregate'].result, 5, 'score'],
    ['nowhere.at.all', valued, 3, 'number'],
  ])('is the unit of %s', (path, schema, value, unit) => {
    expect(figureSchema(schema, path.split('.'), value).unit).toBe(unit);
  });

  it('is the meaning of the member itself, through unions, lists and records', () => {
    const result = Type.Object({
      rows: Type.Array(Type.Object({ gain: Type.Union([Type.Number(), Type.Null()], { description: 'of a row' }) })),
      by_name: Type.Record(Type.String(), Type.Object({ gain: Type.Number({ description: 'of a name' }) })),
      maybe: Type.Union([Type.Object({ gain: Type.Number({ description: 'of what may be' }) }), Type.Null()]),
      plain: Type.Number(),
    });
    const meaningOf = (path: string) => figureSchema(result, path.split('.'), 1).meaning;
    expect(['rows.3.gain', 'by_name.x.gain', 'maybe.gain', 'plain', 'none'].map(meaningOf)).toEqual([
      'of a row', 'of a name', 'of what may be', null, null,
    ]);
  }); // prettier-ignore
});

describe('what stands around a figure', () => {
  const result = {
    from: '2012-02-27', to: '2013-02-28', days: 367, observations: 252, currency: 'CAD',
    since_inception: { value: null, from: '2007-01-02', observations: 1550, reasons: { value: 'NO_QUOTE' } },
    windows: { '5y': { value: 0.1, from: '2008-02-28', to: '2013-02-28', days: 1827, observations: 1259 } },
    positions: [{ symbol: 'CAD', asset_class: 'cash', currency: 'CAD', quantity: '1', price: '1', cost_base: null, reasons: { cost_base: 'NOT_APPLICABLE' } }],
    convention: 'simple', reasons: {},
  }; // prettier-ignore
  const around = (path: string, unit: 'fraction' | 'money' | 'price' = 'fraction') =>
    surroundingsOf(result, path.split('.'), { unit, base: 'EUR' });

  it('is the period of the nearest object that has one', () => {
    expect(around('windows.5y.value').period).toMatchObject({ from: '2008-02-28', observations: 1259 });
    expect(around('positions.0.price').period).toMatchObject({ from: '2012-02-27', days: 367 });
    expect(around('since_inception.value').period).toEqual({ from: '2007-01-02', to: '2013-02-28', days: null, observations: 1550 });
  }); // prettier-ignore

  it('is the reason of what is null, and the convention of the whole', () => {
    expect(around('since_inception.value')).toMatchObject({
      reason: 'NO_QUOTE',
      convention: { name: 'simple' },
    });
    expect(around('positions.0.cost_base', 'money').reason).toBe('NOT_APPLICABLE');
    expect(around('windows.5y.value').reason).toBeNull();
  });

  it('is the row’s currency for prices and cash, the base currency for other money, and the row’s name', () => {
    expect(around('positions.0.price', 'price')).toMatchObject({ currency: 'CAD', row: 'CAD' });
    expect(around('positions.0.cost_base', 'money').currency).toBe('EUR');
    expect(around('days').currency).toBeNull();
    expect(unitInRow('quantity', result, ['positions', '0', 'quantity'])).toBe('money');
    expect(around('positions.0.quantity', 'money').currency).toBe('CAD');
  });
});
