import type { SourcedFxRow } from '../../db/explain-evidence';
import { deriveRate, rateWords } from './rates';
import { byCurrency } from './evidence';

const day = '2013-02-28';
const quote = (quote_ccy: string, rate: string, quote_date = day): SourcedFxRow => ({
  date: day,
  quote_ccy,
  rate,
  quote_date,
  source: 'ECB',
});
// ECB, 2013-02-28; the pound a day older.
const quotes = byCurrency([
  quote('CAD', '1.3461'),
  quote('USD', '1.3129'),
  quote('GBP', '0.8603', '2013-02-27'),
]);

describe('how a rate was made', () => {
  it('is one published rate divided by another for two currencies that are not the euro', () => {
    const { rate, evidence } = deriveRate('USD', 'CAD', day, quotes) ?? {};
    expect(rate?.toNumber()).toBeCloseTo(1.3461 / 1.3129, 12);
    expect(evidence).toMatchObject({
      pair: 'USD/CAD', quote_date: day, age_days: 0, derivation: 'cross',
      quotes: [{ pair: 'EUR/CAD', rate: '1.3461' }, { pair: 'EUR/USD', rate: '1.3129' }],
    }); // prettier-ignore
    expect(evidence && rateWords(evidence)).toBe(
      '1.02529 CAD per USD (cross of EUR/CAD 1.3461 and EUR/USD 1.3129 of 2013-02-28)',
    );
  });

  it('is the published rate for euros, and its inverse for a portfolio in euros', () => {
    const direct = deriveRate('EUR', 'CAD', day, quotes);
    expect(direct?.evidence).toMatchObject({ derivation: 'direct', rate: '1.3461' });
    const inverse = deriveRate('USD', 'EUR', day, quotes);
    expect(inverse?.rate.toNumber()).toBeCloseTo(1 / 1.3129, 15);
    expect(inverse?.evidence && rateWords(inverse.evidence)).toBe(
      '0.761673 EUR per USD (1 ÷ EUR/USD 1.3129 of 2013-02-28)',
    );
  });

  it('says how old the older quote is, and takes pence for hundredths', () => {
    const { rate, evidence } = deriveRate('GBX', 'CAD', day, quotes) ?? {};
    expect(rate?.toNumber()).toBeCloseTo(1.3461 / 0.8603 / 100, 15);
    expect(evidence).toMatchObject({ pair: 'GBX/CAD', quote_date: '2013-02-27', age_days: 1 });
    expect(evidence && rateWords(evidence)).toContain('of 2013-02-27, 1 day old');
  });

  it('needs no quote for one currency, and is missing where a quote is', () => {
    expect(deriveRate('CAD', 'CAD', day, quotes)).toMatchObject({ evidence: null });
    expect(deriveRate('JPY', 'CAD', day, quotes)).toBeNull();
    expect(deriveRate('EUR', 'JPY', day, quotes)).toBeNull();
  });
});
