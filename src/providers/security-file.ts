/** Reads securities from CSV: `symbol,name,asset_class,currency,sector,is_total_return`. */
import { invalid, problemsOf, readTable } from './csv-table';

export interface NamedSecurity {
  symbol: string;
  name: string;
  asset_class: 'equity' | 'fund' | 'index';
  currency: string;
  sector: string | null;
  is_total_return: boolean | null;
}

const header = ['symbol', 'name', 'asset_class', 'currency', 'sector', 'is_total_return'];

/** @throws EngineError SOURCE_INVALID with every line that cannot be read */
export function readSecurities(file: string, text: string): NamedSecurity[] {
  const problems = problemsOf(file);
  const seen = new Set<string>();
  const securities = readTable(file, text, header).rows.map((row): NamedSecurity => {
    const [symbol = '', name = '', asset_class = '', currency = '', sector = '', total = ''] = row.cells;
    if (!/^[A-Z][A-Z0-9'._-]*$/.test(symbol)) problems.tell(row, `"${symbol}" is no symbol`);
    if (seen.has(symbol)) problems.tell(row, `${symbol} stands above already`);
    seen.add(symbol);
    if (name === '') problems.tell(row, `${symbol} has no name`);
    if (!isClass(asset_class)) problems.tell(row, `"${asset_class}" is not equity, fund or index`);
    if (!/^[A-Z]{3}$/.test(currency)) problems.tell(row, `"${currency}" is no currency`);
    const isIndex = asset_class === 'index';
    if (isIndex !== /^(true|false)$/.test(total) || (!isIndex && total !== ''))
      problems.tell(row, 'is_total_return is true or false for an index, and empty for all others');
    return {
      ...{ symbol, name, currency },
      asset_class: isClass(asset_class) ? asset_class : 'equity',
      sector: sector === '' ? null : sector,
      is_total_return: isIndex ? total === 'true' : null,
    };
  });
  problems.requireNone();
  if (securities.length === 0) throw invalid(file, ['there is no security in it']);
  return securities;
}

function isClass(text: string): text is NamedSecurity['asset_class'] {
  return ['equity', 'fund', 'index'].includes(text);
}
