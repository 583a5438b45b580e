/** What to do in a phase of the long-term debt cycle, as data. Shares are of what is held, or of the portfolio. */
import type { PhaseOf } from '../contract/macro-names';
import type { Kind } from './scenario-sensitivities';

/** Raise it with every change of a row. */
export const playbookVersion = '1';

export interface Reduction {
  action: 'reduce';
  target: 'equity' | 'high_yield' | 'duration';
  /** Of what is held of it. */
  fraction: number;
}

export interface Addition {
  action: 'add';
  target: string;
  /** Of the whole portfolio, in equal parts. */
  fraction: number;
  parts: readonly { kind: Kind; examples: readonly string[] }[];
}

export type PlaybookRow = Reduction | Addition;

const deleveraging: readonly PlaybookRow[] = [
  { action: 'reduce', target: 'equity', fraction: 0.4 },
  { action: 'reduce', target: 'high_yield', fraction: 1 },
  {
    action: 'add',
    target: 'safe assets',
    fraction: 0.3,
    parts: [
      { kind: 'gold', examples: ['GLD'] },
      { kind: 'bond.long_government', examples: ['TLT'] },
      { kind: 'cash', examples: [] },
    ],
  },
];

const lateExpansion: readonly PlaybookRow[] = [
  { action: 'reduce', target: 'equity', fraction: 0.2 },
  {
    action: 'add',
    target: 'defensive shares',
    fraction: 0.15,
    parts: [
      { kind: 'equity.utilities', examples: ['XLU'] },
      { kind: 'equity.consumer', examples: ['XLP'] },
      { kind: 'equity.real_estate', examples: ['VNQ'] },
    ],
  },
];

const reflation: readonly PlaybookRow[] = [
  { action: 'reduce', target: 'duration', fraction: 0.5 },
  {
    action: 'add',
    target: 'inflation protection',
    fraction: 0.2,
    parts: [
      { kind: 'gold', examples: ['GLD'] },
      { kind: 'bond.inflation_linked', examples: ['TIP'] },
      { kind: 'commodity', examples: ['DBC'] },
    ],
  },
];

export const playbook: Readonly<Record<PhaseOf<'long_term'>, readonly PlaybookRow[]>> = {
  REFLATION: reflation,
  EXPANSION: [],
  BUBBLE: lateExpansion,
  TOP: lateExpansion,
  DEBT_CRISIS: deleveraging,
  DEPRESSION: deleveraging,
  DELEVERAGING: deleveraging,
};

/** Whether a holding of a kind is what a row reduces. Inflation-linked bonds have a duration, but of real rates alone. */
export function isTarget(target: Reduction['target'], kind: Kind): boolean {
  if (target === 'equity') return kind === 'equity' || kind.startsWith('equity.');
  if (target === 'high_yield') return kind === 'bond.high_yield';
  return kind.startsWith('bond.') && kind !== 'bond.inflation_linked' && kind !== 'bond.short';
}
