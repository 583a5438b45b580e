/** Reads securities from CSV: `symbol,name,asset_class,currency,sector,is_total_return`. */
import { readTable } from '../services/csv-table';
import { readFrom } from './source-file';

export interface SecurityOfFile {
  symbol: string;
  name: string;
  asset_class: 'equity' | 'fund' | 'index';
  currency: string;
  sector: string | null;
  is_total_return: boolean | null;
}

const columns = ['symbol', 'name', 'asset_class', 'currency', 'sector', 'is_total_return'];

/** @throws EngineError SOURCE_INVALID with every line that cannot be read */
export function readSecurities(file: string, text: string): SecurityOfFile[] {
  return readFrom(file, () => securitiesIn(text));
}

function securitiesIn(text: string): SecurityOfFile[] {
  const { rows, problems } = readTable(text, columns);
  if (rows.length === 0) problems.tell({ line: 2 }, 'there is no security');
  const securities = rows.map((row): SecurityOfFile => {
    const [symbol = '', name = '', asset_class = '', currency = '', sector = '', total = ''] = row.cells;
    if (!/^[A-Z][A-Z0-9'._-]*$/.test(symbol)) problems.tell(row, `"${symbol}" is no symbol`);
    problems.once(row, symbol);
    if (name === '') problems.tell(row, `${symbol} has no name`);
    if (/\n/.test(name + sector)) problems.tell(row, `name and sector of ${symbol} are of one line`);
    if (!isClass(asset_class)) problems.tell(row, `"${asset_class}" is not equity, fund or index`);
    problems.currency(row, currency);
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
  return securities;
}

function isClass(text: string): text is SecurityOfFile['asset_class'] {
  return ['equity', 'fund', 'index'].includes(text);
}
