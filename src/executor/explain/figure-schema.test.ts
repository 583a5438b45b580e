import { catalogue } from '../../capabilities';
import { figureSchema } from './figure-schema';
import { surroundingsOf, unitInRow } from './surroundings';

const valued = catalogue['pricing.apply_pack'].result;
const twr = catalogue['metrics.compute_twr'].result;

describe('what a contract says of a figure', () => {
  it.each([
    [valued, 'positions.0.value', '1', 'money', 'market value in the base currency'],
    [valued, 'positions.0.price', '1', 'price', null],
    [valued, 'positions.0.quantity', '1', 'quantity', null],
    [valued, 'positions.0.rate_base_per_local', '1', 'exchange_rate', 'base currency per 1 unit of `currency`'],
    [valued, 'positions.0.weight', 0.1, 'fraction', 'fraction of the portfolio’s total value'],
    [valued, 'positions.0.rate_date', '2013-02-28', 'date', null],
    [twr, 'value', 0.1, 'fraction', 'time-weighted return of the window, a fraction'],
    [twr, 'windows.1y.observations', 251, 'count', 'number of daily returns'],
    [twr, 'days', 367, 'days', 'calendar days from `from` to `to`'],
    [catalogue['metrics.currency_attribution'].result, 'error_bps', 0, 'basis_points', 'value minus base_return_actual, in basis points'],
    [catalogue['ratings.aggregate'].result, 'overall', 5, 'score', '0 to 10, weighted by market value'],
    [valued, 'nowhere.at.all', 3, 'number', null],
  ])('of %#: %s', (schema, path, value, unit, meaning) => {
    expect(figureSchema(schema, path.split('.'), value)).toEqual({ unit, meaning });
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
