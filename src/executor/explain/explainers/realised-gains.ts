/** Explains `portfolio.realised_gains`: the sales that a sum is of, each with its gain. */
import { Decimal, decimalText } from '../../../services/decimal';
import { type GainTotals, type RealisedSale, totalGains } from '../../../services/realised-totals';
import type { Activity } from '../activity';
import type { Explainer, Told } from '../explainer';
import { valueAt } from '../field-path';
import { amountText, countText, exactText } from '../words';
import { soldLot } from './sale-words';

const mostSales = 20;

export const explainRealisedGains: Explainer = async ({ path, whole, args }, evidence) => {
  const [list = '', ...below] = path;
  const { from, to, long_term_days } = args;
  const activity = await evidence.activity({
    from: typeof from === 'string' ? from : null,
    to: typeof to === 'string' && to < evidence.pack.date ? to : evidence.pack.date,
  });
  const sales = activity.ledger.transactions
    .filter(({ type }) => type === 'SELL')
    .map((sale) => ({ sale, realised: activity.realise(sale) }));
  const longTerm = typeof long_term_days === 'number' ? long_term_days : 365;
  const totals = totalGains(sales, longTerm);
  if (list === 'total') return explainSum(totals.total, below[0] ?? '', sales, evidence.base, activity);
  const [index = '', member = ''] = below;
  if (list === 'by_security') {
    const id = valueAt(whole, [list, index, 'security_id']);
    const row = totals.by_security.find(({ security_id }) => security_id === id);
    const own = sales.filter(({ sale }) => sale.security_id === id);
    return row ? explainSum(row, member, own, evidence.base, activity) : null;
  }
  const year = valueAt(whole, [list, index, 'year']);
  const row = totals.by_year.find((one) => one.year === year);
  const own = sales.filter(({ sale }) => sale.date.startsWith(String(year)));
  return list === 'by_year' && row ? explainSum(row, member, own, evidence.base, activity) : null;
};

function explainSum(row: GainTotals, member: string, sales: readonly RealisedSale[], base: string, activity: Activity): Told | null {
  const value = (row as unknown as Record<string, Decimal | number | null>)[member];
  if (value === undefined) return null;
  const parts = sales.slice(0, mostSales).flatMap(({ sale, realised }) => {
    const part = (realised as unknown as Record<string, unknown>)[member];
    const what = `${sale.date}: ${exactText(sale.quantity?.abs() ?? 0)} ${sale.symbol ?? ''}`;
    return part instanceof Decimal ? [`${what}: ${amountText(part)} ${base}`] : [];
  });
  const more = sales.length > mostSales ? [`… and ${countText(sales.length - mostSales, 'more sale')}`] : [];
  const sum = value instanceof Decimal ? [`together ${amountText(value)} ${base}`] : [];
  return {
    recomputed: value instanceof Decimal ? decimalText(value) : value,
    calculation: parts.length === 0 ? [] : [...parts, ...more, ...sum],
    inputs: { lots: sales.flatMap(({ sale }) => activity.closuresOf(sale).map((closure) => soldLot(closure, sale.symbol ?? ''))) },
    text: [`It is the sum over ${countText(sales.length, 'sale')}, each gain lot by lot at the exchange rates of the sale and of the purchase; ledger.transactions tells each with its lots.`],
  };
} // prettier-ignore
