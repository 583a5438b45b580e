/** Plain-text tables for a terminal. */

export interface Column {
  title: string;
  align?: 'left' | 'right';
}

/** Columns as wide as their widest cell, two spaces apart, a rule under the titles. */
export function formatTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  indent = '  ',
): string {
  const widths = columns.map(({ title }, index) =>
    Math.max(title.length, ...rows.map((row) => (row[index] ?? '').length)),
  );
  const line = (cells: readonly string[]): string =>
    (
      indent +
      columns
        .map(({ align }, index) => {
          const cell = cells[index] ?? '';
          return align === 'right' ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0);
        })
        .join('  ')
    ).trimEnd();
  return [
    line(columns.map(({ title }) => title)),
    indent + widths.map((width) => '─'.repeat(width)).join('  '),
    ...rows.map(line),
  ].join('\n');
}

/** `1234567.891` as `1,234,567.89`; rounded for reading only, half up, without passing through a float. */
export function formatAmount(text: string, decimals = 2): string {
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  const kept = BigInt(whole + fraction.slice(0, decimals).padEnd(decimals, '0'));
  const rounded = Number(fraction[decimals] ?? '0') >= 5 ? kept + 1n : kept;
  const digits = rounded.toString().padStart(decimals + 1, '0');
  const head = decimals === 0 ? digits : digits.slice(0, -decimals);
  const grouped = head.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${sign}${grouped}${decimals === 0 ? '' : `.${digits.slice(-decimals)}`}`;
}

/** A fraction as a percentage, with its sign when asked. */
export function formatPercent(fraction: number, { signed = true, decimals = 2 } = {}): string {
  const text = (fraction * 100).toFixed(decimals);
  return `${signed && fraction >= 0 ? '+' : ''}${text} %`;
}
