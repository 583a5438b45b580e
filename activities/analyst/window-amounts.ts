/** What a portfolio was worth at both ends of a window, and what came in between, in the base currency. */
import type { NoWindow, Window } from '../../src/services/window';
import { money } from '../window-results';

export interface WindowAmounts {
  begin_value: string | null;
  end_value: string | null;
  net_external_flows: string | null;
}

export const amountFields = ['begin_value', 'end_value', 'net_external_flows'] as const;

export function amountsOf(window: Window | NoWindow): WindowAmounts {
  if ('reason' in window) return { begin_value: null, end_value: null, net_external_flows: null };
  const [opening, ...after] = window.values;
  return {
    begin_value: opening ? money(opening.value) : null,
    end_value: money(after.at(-1)?.value ?? 0n),
    net_external_flows: money(after.reduce((sum, { external_flow }) => sum + external_flow, 0n)),
  };
}
