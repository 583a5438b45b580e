/** What every export says, whatever the format: the values, what they rest on, and what has to be printed with them. */
import type { Chart } from '../contract/execution';
import type { Attribution, RightsRefusal } from '../rights/judge-sources';

export interface ExportOutput {
  name: string;
  value: unknown;
  /** Names of the register, sorted. */
  providers: string[];
}

export interface LeftOut {
  output: string;
  refusals: RightsRefusal[];
}

export interface ExportDocument {
  execution_id: string;
  pattern: { id: string; version: string; sha256: string; name: string };
  portfolio: { id: string; name: string } | null;
  asof_date: string;
  pricing_pack_id: string;
  ledger_commit_hash: string | null;
  fingerprint: string;
  /** Steps that gave less than they should. */
  degraded: string[];
  /** The correction that took the place of the pack, if there is one. */
  restated_by: string | null;
  outputs: ExportOutput[];
  /** What a client draws; those of outputs that are left out are missing. */
  panels: Chart[];
  attributions: Attribution[];
  /** Outputs that were not asked for, or not allowed. */
  left_out: string[];
  rights_register: string;
}

/** What every format prints at its end, name and value. */
export function provenanceOf(document: ExportDocument): [name: string, value: string][] {
  const { pattern, portfolio, degraded, left_out, restated_by } = document;
  return [
    ['pattern', `${pattern.id} ${pattern.version}`],
    ['pattern sha256', pattern.sha256],
    ...(portfolio === null ? [] : [['portfolio', `${portfolio.name} (${portfolio.id})`] satisfies [string, string]]),
    ['as of', document.asof_date],
    ['pricing pack', document.pricing_pack_id],
    ['ledger commit', document.ledger_commit_hash ?? 'none'],
    ['execution', document.execution_id],
    ['fingerprint', document.fingerprint],
    ...(degraded.length > 0 ? [['degraded steps', degraded.join(', ')] satisfies [string, string]] : []),
    ...(restated_by === null ? [] : [['corrected since by', restated_by] satisfies [string, string]]),
    ...(left_out.length > 0 ? [['outputs left out', left_out.join(', ')] satisfies [string, string]] : []),
    ['register of rights', `version ${document.rights_register}`],
  ];
} // prettier-ignore

export function attributionText({ text, link }: Attribution): string {
  return link === null ? text : `${text} (${link})`;
}
