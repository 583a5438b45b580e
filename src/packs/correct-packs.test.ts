import fc from 'fast-check';
import type { StoredPack } from './check-packs';
import { type Correction, correctPacks } from './correct-packs';
import { buildPackContent, type PackAction, type PackContent } from './pack-content';
import { readCorrections } from './correction-file';

const days = ['2013-02-26', '2013-02-27', '2013-02-28'];

/** Three days of one share and one rate, after a day before them. */
function present(): StoredPack[] {
  let previous = { id: 'PP_2013-02-25', sha256: `sha256:${'0'.repeat(64)}` };
  return days.map((date, i) => {
    const pack = buildPackContent({
      date,
      previous,
      prices: [{ security_id: 'a', close: `10${String(i)}.5`, currency: 'USD' }],
      fx: [{ base_ccy: 'EUR', quote_ccy: 'USD', rate: `1.3${String(i)}`, quote_date: date }],
      observations: [{ series_id: 's', period_end: '2013-01-31', value: `-${String(i)}.5` }],
      actions: [
        {
          ...{ security_id: 'a', type: 'dividend', ex_date: date, pay_date: null },
          ...{ amount: '0.10', currency: 'USD', ratio: null },
        },
      ],
    });
    previous = { id: pack.id, sha256: pack.sha256 };
    return pack;
  });
}

const price = (date: string, value: string): Correction[] => [{ date, fact: 'price a', what: 'AAPL', value }];

describe('a correction of packs', () => {
  it('gives the day new content, and the days after it a new past', () => {
    const packs = correctPacks(present().slice(1), price('2013-02-27', '99'), 'C1');
    expect(packs.map(({ id, supersedes }) => [id, supersedes])).toEqual([
      ['PP_2013-02-27_C1', 'PP_2013-02-27'],
      ['PP_2013-02-28_C1', 'PP_2013-02-28'],
    ]);
    const [first, second] = packs;
    expect(first?.content.prices[0]?.close).toBe('99');
    expect(first?.content.previous).toEqual(present()[1]?.content.previous);
    expect(second?.content.prices).toEqual(present()[2]?.content.prices);
    expect(second?.content.previous).toEqual({ id: 'PP_2013-02-27_C1', sha256: first?.sha256 });
    expect(second?.sha256).not.toBe(present()[2]?.sha256);
  });

  it('can be taken back: the content has the hash it had before', () => {
    const closes = fc.integer({ min: 1, max: 10_000 }).filter((close) => close !== 101.5);
    fc.assert(
      fc.property(closes, (close) => {
        const wrong = correctPacks(present().slice(1), price('2013-02-27', String(close)), 'C1');
        const right = correctPacks(wrong, price('2013-02-27', '101.50'), 'C2');
        expect(right[0]?.sha256).toBe(present()[1]?.sha256);
        expect(right.map(({ id }) => id)).toEqual(['PP_2013-02-27_C2', 'PP_2013-02-28_C2']);
      }),
    );
  });

  it('corrects a rate, whichever pair it is published as', () => {
    const rate: Correction = { date: '2013-02-28', fact: 'rate EUR/USD', what: 'EUR/USD', value: '1.4' };
    const [pack] = correctPacks(present().slice(2), [rate], 'C1');
    expect(pack?.content.fx[0]?.rate).toBe('1.4');
  });

  it('corrects a rate in the packs of later days that carry the same quote, and in no other', () => {
    // The ECB is closed on the second day; the third has a quote of its own.
    const packs = present();
    const carried = packs[1]?.content as PackContent;
    carried.fx = packs[0]?.content.fx ?? [];
    const rate = (date: string, value: string): Correction => ({
      ...{ date, fact: 'rate EUR/USD', what: 'EUR/USD', value },
    });
    const rates = (corrections: Correction[]): (string | undefined)[] =>
      correctPacks(packs, corrections, 'C1').map(({ content }) => content.fx[0]?.rate);
    expect(rates([rate('2013-02-26', '1.4')])).toEqual(['1.4', '1.4', '1.32']);
    expect(rates([rate('2013-02-26', '1.4'), rate('2013-02-27', '1.5')])).toEqual(['1.4', '1.5', '1.32']);
    expect(rates([rate('2013-02-27', '1.5')])).toEqual(['1.3', '1.5', '1.32']);
  });

  it('tells of two dividends in one pack that a file cannot name one of them', () => {
    const [last] = present().slice(2) as [StoredPack];
    const [dividend] = last.content.actions as [PackAction];
    last.content.actions = [dividend, { ...dividend, ex_date: '2013-03-05', amount: '0.2' }];
    const correction: Correction = {
      ...{ date: '2013-02-28', fact: 'dividend a', what: 'dividend AAPL', value: '0.25' },
    };
    expect(() => correctPacks([last], [correction], 'C1')).toThrow(
      'The pack of 2013-02-28 has more than one dividend AAPL',
    );
  });

  it('corrects in the last of many digits', () => {
    const [pack] = correctPacks(present().slice(2), price('2013-02-28', '102.50000000000000001'), 'C1');
    expect(pack?.content.prices[0]?.close).toBe('102.50000000000000001');
  });

  it('corrects a dividend and a value of a series, and leaves the rest of the day as it is', () => {
    const corrections: Correction[] = [
      { date: '2013-02-28', fact: 'dividend a', what: 'dividend AAPL', value: '0.25' },
      { date: '2013-02-28', fact: 'value s@2013-01-31', what: 's@2013-01-31', value: '0.75' },
    ];
    const [pack] = correctPacks(present().slice(2), corrections, 'C1');
    expect(pack?.content.actions?.[0]).toMatchObject({ amount: '0.25', ex_date: '2013-02-28', ratio: null });
    expect(pack?.content.observations?.[0]?.value).toBe('0.75');
    expect(pack?.content.prices).toEqual(present()[2]?.content.prices);
  });

  it('adds the price of a security that a pack has none of', () => {
    const added: Correction = {
      date: '2013-02-28',
      fact: 'price b',
      what: 'ACME',
      value: '2.80',
      currency: 'GBP',
    };
    const [pack] = correctPacks(present().slice(2), [added], 'C1');
    expect(pack?.content.prices).toEqual([
      { security_id: 'a', close: '102.5', currency: 'USD' },
      { security_id: 'b', close: '2.8', currency: 'GBP' },
    ]);
  });

  it.each([
    [price('2013-02-24', '9'), 'There is no pricing pack of 2013-02-24.'],
    [price('2013-02-27', '101.50'), 'AAPL of 2013-02-27 is 101.5 already.'],
    [
      [{ date: days[0] ?? '', fact: 'rate EUR/CAD', what: 'EUR/CAD', value: '1' } as const],
      'The pack of 2013-02-26 has no EUR/CAD to correct.',
    ],
    [
      [{ date: days[0] ?? '', fact: 'value s@2012-12-31', what: 's@2012-12-31', value: '1' } as const],
      'The pack of 2013-02-26 has no s@2012-12-31 to correct.',
    ],
    [
      [{ date: days[0] ?? '', fact: 'dividend b', what: 'dividend MSFT', value: '1' } as const],
      'The pack of 2013-02-26 has no dividend MSFT to correct.',
    ],
  ])('refuses what corrects nothing (%#)', (corrections, message) => {
    expect(() => correctPacks(present(), corrections, 'C1')).toThrow(message);
  });
});

describe('a file of corrections', () => {
  const securities = [{ id: 'a', symbol: 'AAPL', currency: 'USD' }];

  it('names prices by symbol and rates by pair', () => {
    expect(
      readCorrections('date,what,value\r\n2013-02-27,AAPL,445.57\n2013-02-27, EUR/USD ,1.3096\n', securities),
    ).toEqual([
      { date: '2013-02-27', fact: 'price a', what: 'AAPL', value: '445.57', currency: 'USD' },
      { date: '2013-02-27', fact: 'rate EUR/USD', what: 'EUR/USD', value: '1.3096' },
    ]);
  });

  it('names dividends by symbol, and values of series, which may be negative, by period', () => {
    expect(
      readCorrections(
        'date,what,value\n2012-08-09,dividend AAPL,2.65\n2013-02-28,FF3.SMB@2013-01-31,-0.39\n',
        securities,
      ),
    ).toEqual([
      { date: '2012-08-09', fact: 'dividend a', what: 'dividend AAPL', value: '2.65' },
      { date: '2013-02-28', fact: 'value FF3.SMB@2013-01-31', what: 'FF3.SMB@2013-01-31', value: '-0.39' },
    ]);
  });

  it.each([
    ['2013-02-29,AAPL,1', '"2013-02-29" is no day'],
    ['2013-03-28,FF3.SMB@2013-02-29,1', '"FF3.SMB@2013-02-29" is no security\'s symbol'],
  ])('refuses a day that the calendar does not have: %s', (line, message) => {
    expect(() => readCorrections(`date,what,value\n${line}`, securities)).toThrow(`line 2: ${message}`);
  });

  it('says of every wrong line what is wrong', () => {
    const lines = [
      '2013-02-30x,AAPL,1',
      '2013-02-27,AAPL,0.00',
      '2013-02-27,AAPL,1e3',
      '2013-02-27,MSFT,1',
      '2013-02-28,AAPL,1',
      '2013-02-28,AAPL,2',
      '2013-02-27,AAPL',
    ];
    const read = (): unknown => readCorrections(['date,what,value', ...lines].join('\n'), securities);
    expect(read).toThrow(
      [
        'line 2: "2013-02-30x" is no day',
        'line 3: "0.00" is no positive decimal number',
        'line 4: AAPL of 2013-02-27 stands above already',
        'line 4: "1e3" is no positive decimal number',
        'line 5: "MSFT" is no security\'s symbol, no pair (EUR/USD), no dividend (dividend AAPL) and no value of a series (FF3.SMB@2013-01-31)',
        'line 7: AAPL of 2013-02-28 stands above already',
        'line 8: 2 cells where the header has 3',
      ].join('\n'),
    );
    expect(() => readCorrections('date;what;value', securities)).toThrow(
      'line 1: the header has to be date,what,value',
    );
    expect(() => readCorrections('date,what,value\n', securities)).toThrow('there is no correction');
  });
});
