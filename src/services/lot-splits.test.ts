import { Decimal } from './decimal';
import { SplitLog, SplitQuantity } from './lot-splits';
import { summariseLots } from './lot-summary';

const of = (value: number): Decimal => new Decimal(value);

describe('a quantity kept up with splits', () => {
  it('takes those that came after it, of both logs, each once', () => {
    const [all, own] = [new SplitLog(), new SplitLog()];
    all.add(of(7), of(1));
    const shares = new SplitQuantity(of(10), [all, own]);
    all.add(of(3), of(2));
    own.add(of(1), of(5));
    // 10 · 3/2 · 1/5
    expect(shares.now.toFixed()).toBe('3');
    expect(shares.now.toFixed()).toBe('3');
    shares.now = of(4);
    all.add(of(1), of(3));
    all.add(of(3), of(1));
    // A third and back are nothing lost where both are taken together.
    expect(shares.now.toFixed()).toBe('4');
  }, 30_000);
});

describe('lots', () => {
  it('are split in their own account alone, and in all where none is named', () => {
    const bought = { date: '2001-01-01', type: 'BUY', quantity: 6, amount: 60 } as const;
    const rows = [
      { ...bought, account: 'a' },
      { ...bought, account: 'b' },
      { date: '2001-01-02', type: 'SPLIT', ratio: '3:2', account: 'a' } as const,
      { date: '2001-01-03', type: 'SPLIT', ratio: '2:1' } as const,
      { ...bought, date: '2001-01-04', account: 'a' },
    ];
    const { open_lots } = summariseLots(rows, { method: 'fifo' });
    expect(open_lots.map(({ account, quantity, cost }) => [account, quantity, cost])).toEqual([
      ['a', '18', '60'],
      ['b', '12', '60'],
      ['a', '6', '60'],
    ]);
    // One average of all: 18 + 12 + 6 shares for 180.
    expect(summariseLots(rows, { method: 'average' })).toMatchObject({ quantity: '36', average_cost: '5' });
  });

  it.each(['fifo', 'hifo', 'average'] as const)(
    'of ten thousand and as many splits take no minutes: %s',
    (method) => {
      const bought = { date: '2000-01-01', type: 'BUY', quantity: 1, amount: 10 } as const;
      const rows = [
        ...Array.from({ length: 9_999 }, () => bought),
        ...Array.from({ length: 10_000 }, (_, i) => ({
          ...({ date: '2001-01-01', type: 'SPLIT' } as const),
          ratio: i % 2 === 0 ? '3:1' : '1:3',
        })),
        { date: '2002-01-01', type: 'SELL', quantity: 999, amount: 10_000 } as const,
      ];
      expect(summariseLots(rows, { method })).toMatchObject({
        ...{ quantity: '9000', cost: '90000', realised_gain: '10' },
      });
    },
  );
});
