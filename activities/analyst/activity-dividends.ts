/** How a dividend is written on the wire, with its reasons. */
import type { Catalogue, ResultOf } from '../../src/capabilities';
import { Decimal, decimalText, roundMoney, sum } from '../../src/services/decimal';
import { type DividendEvent, type DividendPayment } from '../../src/services/dividends';
import type { ReasonCodes } from '../../src/services/holdings';
import type { LedgerTransaction } from '../../src/services/ledger-transactions';
import type { Activity } from './activity-ledger';
import { textOf, textsOf } from './activity-texts';

type Result = ResultOf<Catalogue['portfolio.corporate_actions']>;
type DividendText = Result['dividends'][number];

const declaredOnly = ['ex_date', 'shares_entitled', 'per_share', 'expected_gross_local', 'difference_local'];
const receivedOnly = [
  ...['gross_local', 'withholding_local', 'fee_local', 'net_local', 'rate_base_per_local', 'rate_date'],
  ...['gross_base', 'withholding_base', 'net_base'],
];

export function dividendText(event: DividendEvent, activity: Activity): DividendText {
  const { declared, payment, status, difference } = event;
  const reasons: ReasonCodes = {};
  const lack = (fields: readonly string[], code: string): void => {
    for (const field of fields) reasons[field] ??= code;
  };
  if (!declared) lack(declaredOnly, 'NOT_DECLARED');
  if (!payment) lack(receivedOnly, status === 'pending' ? 'NOT_YET_PAID' : 'NOT_RECEIVED');
  if (status === 'pending') lack(['difference_local'], 'NOT_YET_PAID');
  if (!payment && declared?.pay_date === null) lack(['pay_date'], 'NOT_DECLARED');
  if (declared && payment && difference === null)
    lack(['per_share', 'expected_gross_local', 'difference_local'], 'MIXED_CURRENCIES');
  return {
    security_id: event.security_id,
    symbol: event.symbol,
    ex_date: declared?.ex_date ?? null,
    pay_date: payment?.date ?? declared?.pay_date ?? null,
    shares_entitled: textOf(event.entitled),
    per_share: textOf(event.per_share),
    currency: payment?.currency ?? declared?.currency ?? '',
    expected_gross_local: textOf(event.expected),
    difference_local: textOf(difference),
    ...(payment ? receivedText(payment, activity, lack) : nothing),
    status,
    transaction_ids: payment?.transactions.map(({ transaction_id }) => transaction_id) ?? [],
    reasons,
  };
}

type Received = Pick<
  DividendText,
  | 'gross_local'
  | 'withholding_local'
  | 'fee_local'
  | 'net_local'
  | 'rate_base_per_local'
  | 'rate_date'
  | 'gross_base'
  | 'withholding_base'
  | 'net_base'
>;
const nothing = Object.fromEntries(receivedOnly.map((field) => [field, null])) as unknown as Received;

function receivedText(
  { gross, withholding, fee, transactions, reasons }: DividendPayment,
  activity: Activity,
  lack: (fields: readonly string[], code: string) => void,
): Received {
  const { withholding: noTax, fee: noFee } = reasons;
  if (noTax !== undefined) lack(['withholding_local', 'withholding_base', 'net_local', 'net_base'], noTax);
  if (noFee !== undefined) lack(['fee_local', 'net_local', 'net_base'], noFee);
  const rate = activity.rateOf(transactions[0] as LedgerTransaction);
  if ('reason' in rate)
    lack(['rate_base_per_local', 'rate_date', 'gross_base', 'withholding_base', 'net_base'], rate.reason);
  const inBase = (value: Decimal | null): Decimal | null =>
    value && 'rate' in rate ? roundMoney(value.times(rate.rate)) : null;
  const net = withholding && fee && gross.minus(withholding).minus(fee);
  const [gross_base, withholding_base, fee_base] = [inBase(gross), inBase(withholding), inBase(fee)];
  return {
    gross_local: decimalText(gross),
    ...textsOf({ withholding_local: withholding, fee_local: fee, net_local: net }),
    rate_base_per_local: 'rate' in rate ? decimalText(rate.rate) : null,
    rate_date: 'rate' in rate ? rate.quote_date : null,
    ...textsOf({
      gross_base,
      withholding_base,
      // From the rounded parts, so that they add up.
      net_base:
        gross_base && withholding_base && fee_base && gross_base.minus(withholding_base).minus(fee_base),
    }),
  };
}

/** Of what was received. */
export function dividendTotals(dividends: readonly DividendText[]): Result['totals'] {
  const received = dividends.filter(({ gross_local }) => gross_local !== null);
  const reasons: ReasonCodes = {};
  const total = (field: 'gross_base' | 'withholding_base' | 'net_base'): string | null => {
    const lacking = received.find((dividend) => dividend[field] === null);
    if (!lacking) return decimalText(sum(received.map((dividend) => new Decimal(dividend[field] ?? 0))));
    reasons[field] = lacking.reasons[field] ?? 'MISSING_INPUT';
    return null;
  };
  return {
    gross_base: total('gross_base'),
    withholding_base: total('withholding_base'),
    net_base: total('net_base'),
    reasons,
  };
}
