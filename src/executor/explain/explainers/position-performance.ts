/** Explains `portfolio.position_performance`, as far as the days of the position itself decide: returns, contribution, weight. */
import type { Explainer } from '../explainer';
import { windowOf } from '../window-evidence';
import { explainPosition, type Row } from './contribution';
import { explainNoWindow, explainSpan } from './window-span';

interface Result {
  security_id: string;
  symbol: string;
  local_currency: string;
}

/** Members of the result by their names in a row of `portfolio.contribution`. */
const inRow: Readonly<Record<string, string>> = {
  position_return: 'position_return',
  local_return: 'local_return',
  fx_return: 'fx_return',
  contribution: 'contribution',
  average_weight: 'average_weight',
  held_days: 'observations',
};

export const explainPositionPerformance: Explainer = async (subject, evidence) => {
  const past = await evidence.past();
  const window = windowOf(subject, past);
  const [member = ''] = subject.path;
  const result = subject.whole as Result | undefined;
  const own = inRow[member];
  if (!result) return null;
  if ('reason' in window) return own === undefined ? null : explainNoWindow(window, past, own);
  if (own === undefined) return explainSpan(window, member);
  const { symbol, security_id, local_currency: currency } = result;
  const row: Row = { kind: 'security', symbol, security_id, currency };
  const told = await explainPosition({ window, past, history: await past.positions(window) }, row, own, evidence);
  if (told) return told;
  const text = `${symbol} was not held on any day of the period.`;
  return { recomputed: own === 'observations' ? 0 : null, calculation: [], inputs: {}, text: [text] };
}; // prettier-ignore
