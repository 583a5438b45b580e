/** `calc.reconcile`: a ledger against its own assertions and a database. */
import { Type } from '@sinclair/typebox';
import { IsoDate, Nullable, StringEnum } from '../../contract/scalars';
import { capability, closed } from './define';
import { decimal, numeric, rowsOf } from './described';

const name = Type.String({ minLength: 1, maxLength: 200 });
const balance = Type.Object(
  {
    account: name,
    commodity: name,
    amount: numeric('what the account holds of the commodity on the evening of `date`'),
    date: IsoDate,
  },
  closed,
);

export const reconcile = capability({
  name: 'calc.reconcile',
  summary:
    'Balances of a Beancount ledger (or a list of balances) against a database, exactly; and the ledger’s balance assertions that fail, each within its own tolerance.',
  args: Type.Object(
    {
      ledger: Type.Optional(Type.String({ maxLength: 10_000_000, description: 'Beancount text' })),
      balances: Type.Optional(rowsOf(balance)),
      database: Type.Optional(rowsOf(balance)),
    },
    closed,
  ),
  result: Type.Object(
    {
      balances: Type.Array(
        Type.Object(
          {
            account: name,
            commodity: name,
            amount: decimal('after all transactions'),
            date: Type.Unsafe<string>({ ...IsoDate, description: 'since when' }),
          },
          closed,
        ),
      ),
      differences: Type.Array(
        Type.Object(
          {
            account: name,
            commodity: name,
            expected: decimal(
              'by the ledger or `balances`, on the last day the sides differ; 0 if it has no such row',
            ),
            actual: decimal('by the database; 0 if it has no such row'),
            difference: decimal('actual − expected'),
            first_date: Type.Unsafe<string>({
              ...IsoDate,
              description: 'the first day on which they differ',
            }),
            status: StringEnum(['different', 'missing_in_database', 'missing_in_ledger']),
          },
          closed,
        ),
      ),
      failed_assertions: Type.Array(
        Type.Object(
          {
            account: name,
            commodity: name,
            date: IsoDate,
            expected: decimal('as asserted'),
            actual: decimal('at the beginning of the day, accounts below included'),
            difference: decimal('actual − expected'),
            tolerance: decimal(
              'explicit (`~`), else one unit of the last digit written; 0 for whole numbers',
            ),
          },
          closed,
        ),
      ),
      problems: Type.Array(
        Type.Object(
          { line: Type.Integer({ description: 'of the ledger, from 1' }), message: Type.String() },
          closed,
        ),
        {
          description: 'what else is wrong with the ledger; with any, balances may be incomplete',
        },
      ),
      ledger_commit_hash: Nullable(Type.String({ description: 'sha256 of the ledger’s text' })),
    },
    closed,
  ),
});
