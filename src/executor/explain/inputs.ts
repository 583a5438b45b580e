/** The evidence as it is answered: long lists without their middle, each with its size. */
import type { Inputs } from '../../contract/explanation';
import { Decimal, decimalText, sum } from '../../services/decimal';
import type { InputLists } from './explainer';

/** Rows at each end. */
const shown = 25;

export function toInputs(told: Partial<InputLists>, { args, all }: { args: unknown; all: boolean }): Inputs {
  const { flows = [], prices = [], fx = [], lots = [], transactions = [], days = [] } = told;
  const lists: Inputs['lists'] = {};
  const cut = <T>(name: string, rows: readonly T[], total?: Decimal): T[] => {
    const isLong = !all && rows.length > 2 * shown;
    const more = isLong ? rows.length - 2 * shown : 0;
    if (rows.length > 0) {
      lists[name] = { count: rows.length, more, ...(total && { total: decimalText(total) }) };
    }
    return isLong ? [...rows.slice(0, shown), ...rows.slice(-shown)] : [...rows];
  };
  return {
    flows: cut('flows', flows, totalOf(flows.map(({ base_amount }) => base_amount))),
    prices: cut('prices', prices),
    fx: cut('fx', fx),
    lots: cut('lots', lots, totalOf(lots.map(({ cost_base }) => cost_base))),
    transactions: cut('transactions', transactions),
    days: cut('days', days),
    arguments: toArguments(args),
    lists,
  };
}

/** `undefined` where one is missing: a total of the rest would be of something else. */
function totalOf(amounts: readonly (string | null)[]): Decimal | undefined {
  const known = amounts.filter((amount) => amount !== null);
  return known.length < amounts.length ? undefined : sum(known.map((amount) => new Decimal(amount)));
}

/** The trace has a note in the place of large arguments. */
function toArguments(args: unknown): Record<string, unknown> {
  if (args === null || args === undefined) return {};
  return typeof args === 'object' && !Array.isArray(args)
    ? (args as Record<string, unknown>)
    : { note: args };
}
