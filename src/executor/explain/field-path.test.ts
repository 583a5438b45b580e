import { EngineError } from '../../contract/errors';
import { formatFieldPath, parseFieldPath, valueAt } from './field-path';
import { requireField } from './require-field';

const data = {
  valued: { positions: [{ symbol: 'AAPL', value: '1' }, { symbol: 'BRK.B', value: null }], total_value: '1' },
  metrics: { value: 0.1, windows: { '1d': { value: 0.01 } }, by_symbol: { 'BRK.B': 2 } },
}; // prettier-ignore

function refusal(work: () => unknown): EngineError {
  try {
    work();
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

describe('the path of a figure', () => {
  it.each([
    ['metrics.value', ['metrics', 'value']],
    ['valued.positions[0].value', ['valued', 'positions', '0', 'value']],
    ['valued.positions.0.value', ['valued', 'positions', '0', 'value']],
    ['/valued/positions/0/value', ['valued', 'positions', '0', 'value']],
    ['metrics.windows.1d.value', ['metrics', 'windows', '1d', 'value']],
    ['metrics.by_symbol["BRK.B"]', ['metrics', 'by_symbol', 'BRK.B']],
    ['/a~1b/c~0d', ['a/b', 'c~d']],
  ])('reads %s', (text, segments) => {
    expect(parseFieldPath(text)).toEqual(segments);
  });

  it('comes back as it was read, in one form', () => {
    const texts = ['metrics.value', 'valued.positions[0].value', 'metrics.by_symbol["BRK.B"]', 'a["b\\"c"]'];
    expect(texts.map((text) => formatFieldPath(parseFieldPath(text)))).toEqual(texts);
    expect(formatFieldPath(parseFieldPath('/valued/positions/0/value'))).toBe('valued.positions[0].value');
  });

  it.each(['.a', 'a..b', 'a[b]', 'a[0]b', 'a.', '[', 'a["b]'])(
    'refuses %s and shows how to write one',
    (text) => {
      const { code, message } = refusal(() => parseFieldPath(text));
      expect(code).toBe('FIELD_UNKNOWN');
      expect(message).toContain('Write it like');
    },
  );

  it('leads to values, null among them, and to nothing inherited', () => {
    expect(valueAt(data, ['valued', 'positions', '1', 'value'])).toBeNull();
    expect(valueAt(data, ['valued', 'constructor'])).toBeUndefined();
    expect(requireField(data, ['metrics', 'value'])).toBe(0.1);
  });

  it('names the member that was meant, and those that end the same elsewhere, the nearest to the top first', () => {
    const typo = refusal(() => requireField(data, ['metrics', 'valu']));
    expect(typo.message).toContain('Did you mean "metrics.value"?');
    const elsewhere = refusal(() => requireField(data, ['twr', 'value']));
    expect(elsewhere.details).toMatchObject({
      nearest: 'metrics.value',
      suggestions: ['metrics.value', 'valued.positions[0].value', 'metrics.windows.1d.value'],
    });
    const beyond = refusal(() => requireField(data, ['valued', 'positions', '2', 'value']));
    expect(beyond.message).toContain('it has 2 items, counted from 0');
  });

  it('prefers what stands under the same parent, with the rest of the path', () => {
    const posting = { date: '2013-02-15', amount: '1' };
    const lines = {
      initial_value: { amount: '9', postings: [posting] },
      taxes: { amount: null, postings: [] },
      realised_capital_gains: { amount: '1', postings: [posting] },
    };
    const result = { totals: { amount: '3' }, statement: { lines, reasons: { taxes: 'NO_QUOTE' } } };
    const misspelt = refusal(() =>
      requireField(result, ['statement', 'lines', 'realised_capital_gain', 'postings', '0', 'amount']),
    );
    expect(misspelt.details).toMatchObject({
      nearest: 'statement.lines.realised_capital_gains.postings[0].amount',
    });
    const none = refusal(() =>
      requireField(result, ['statement', 'lines', 'taxes', 'postings', '0', 'amount']),
    );
    expect(none.message).toContain('it has no items, for NO_QUOTE');
    expect(none.details).toMatchObject({ nearest: 'statement.lines.taxes.amount' });
    const gone = refusal(() => requireField(result, ['statement', 'lines', 'dividends', 'amount']));
    expect(gone.details).toMatchObject({ nearest: 'statement.lines.initial_value.amount' });
  });
});
