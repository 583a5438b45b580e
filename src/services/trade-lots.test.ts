import type { PositionLot } from '../contract/ledger-rows';
import { Decimal } from './decimal';
import { lotsToSell, type SaleMethod } from './trade-lots';

const lot = (
  lot_id: string,
  quantity_open: string,
  unit_cost_local: string,
  fx: string | null,
): PositionLot => ({
  ...{ lot_id, acquired_on: '2010-01-01', currency: 'USD', quantity_open, unit_cost_local },
  fx_base_per_local: fx,
});
/** The oldest first. In base a share cost 12, 18 and 11. */
const lots = [lot('old', '10', '10', '1.2'), lot('dear', '10', '20', '0.9'), lot('new', '10', '11', '1')];
const sell = (quantity: string, method: SaleMethod, of = lots) =>
  lotsToSell(of, new Decimal(quantity), new Decimal('15'), method);
const told = (quantity: string, method: SaleMethod) =>
  sell(quantity, method).lots.map(({ lot_id, quantity: sold, cost_base, gain_base }) => [
    lot_id,
    sold,
    cost_base,
    gain_base,
  ]);

describe('lots that a sale uses up, at 15 a share in base', () => {
  it('fifo: the oldest first', () => {
    expect(told('12', 'fifo')).toEqual([
      ['old', '10', '120', '30'],
      ['dear', '2', '36', '-6'],
    ]);
    expect(sell('12', 'fifo')).toMatchObject({ gain_base: '24', reason: null });
  });

  it('lifo: the youngest first', () => {
    expect(told('12', 'lifo')).toEqual([
      ['new', '10', '110', '40'],
      ['dear', '2', '36', '-6'],
    ]);
  });

  it('hifo: the dearest in base first, not in dollars', () => {
    const cheapInBase = [lot('a', '10', '20', '0.5'), lot('b', '10', '11', '1')];
    expect(sell('10', 'hifo', cheapInBase).lots.map(({ lot_id }) => lot_id)).toEqual(['b']);
    expect(told('21', 'hifo').map(([id]) => id)).toEqual(['dear', 'old', 'new']);
  });

  it('average: every lot pro rata, and not a digit of the sale is lost', () => {
    // 10 ÷ 3 of each; the last takes what rounding leaves. Cost (12 + 18 + 11) ÷ 3 · 10 = 136.67, so 13.33 are gained.
    const { lots: sold, gain_base } = sell('10', 'average');
    expect(sold.map(({ quantity }) => quantity)).toEqual(['3.3333333333', '3.3333333333', '3.3333333334']);
    expect(Number(gain_base)).toBeCloseTo(150 - 410 / 3, 8);
  });

  it('uses up a whole position', () => {
    for (const method of ['fifo', 'lifo', 'hifo', 'average'] as const)
      expect(sell('30', method)).toMatchObject({ gain_base: '40' });
  });

  it('has no gain where a lot was bought without a rate, and says so of that lot alone', () => {
    const {
      lots: sold,
      gain_base,
      reason,
    } = sell('15', 'fifo', [lot('old', '10', '10', '1.2'), lot('x', '10', '10', null)]);
    expect([gain_base, reason]).toEqual([null, 'NO_QUOTE']);
    expect(sold).toMatchObject([
      { gain_base: '30', reasons: {} },
      { gain_base: null, cost_base: null, reasons: { cost_base: 'NO_QUOTE', gain_base: 'NO_QUOTE' } },
    ]);
  });

  it('has no gain where the lots hold fewer than are sold: a part of it would not be the sale’s', () => {
    for (const method of ['fifo', 'average'] as const)
      expect(sell('31', method)).toMatchObject({
        gain_base: null,
        reason: 'NOT_ENOUGH_LOTS',
        lots: { length: 3 },
      });
    expect(sell('1', 'fifo', [])).toEqual({ lots: [], gain_base: null, reason: 'NOT_ENOUGH_LOTS' });
  });
});
