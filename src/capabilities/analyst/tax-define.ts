/** What the contracts about taxes share: year, lot method, terms, and the words of the rule. */
import { Type } from '@sinclair/typebox';
import { Currency, IsoDate, StringEnum, Uuid } from '../../contract/scalars';
import { taxLotMethods, taxTerms } from '../../contract/tax-names';
import { closed } from './activity-define';
import { portfolioArgs } from './window';

export const TaxYear = Type.Integer({
  minimum: 1900,
  maximum: 2200,
  description: 'calendar year of the sales',
});

export const LotMethod = StringEnum(
  taxLotMethods,
  'which lots a sale uses up: as_booked (the same: specific) as the ledger says; fifo the oldest, lifo the youngest, ' +
    'hifo the dearest per share in base currency, over all accounts together, replayed from the first purchase',
);

export const LongTermDays = Type.Integer({
  minimum: 0,
  maximum: 36_525,
  description: 'held for more calendar days is long term; default 365',
});

export const WindowDays = Type.Integer({
  minimum: 1,
  maximum: 366,
  description: 'calendar days before and after the sale; default 30',
});

export const Term = StringEnum(taxTerms, 'held up to long_term_days, or longer');

export const yearArgs = {
  ...portfolioArgs,
  tax_year: TaxYear,
  lot_selection_method: Type.Optional(LotMethod),
  long_term_days: Type.Optional(LongTermDays),
};

export const yearHead = {
  tax_year: TaxYear,
  to: Type.Unsafe<string>({ ...IsoDate, description: 'last day that is known: the year’s, or the pack’s' }),
  base_currency: Currency,
  lot_selection_method: LotMethod,
};

export const security = { security_id: Uuid, symbol: Type.String() };

export const Withheld = Type.Array(Type.Object({ ...security, reason: Type.String() }, closed), {
  description:
    'securities that the method cannot tell: PARTIAL_SPLIT a split changed some lots only, NO_QUOTE a purchase without an ' +
    'exchange rate, NOT_ENOUGH_LOTS',
});
