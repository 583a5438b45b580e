/** Corporate actions as they were known at a pack. */
import type { PackAction } from '../packs/pack-content';
import { packHistory } from './pack-history';
import type { Tx } from './pool';

export interface PackActionRow extends PackAction {
  symbol: string;
  /** The day of the pack that told of it. */
  known_on: string;
}

/** In the order of ex-dates; where an action was corrected, its latest form at that time. */
export async function packActions(
  tx: Tx,
  { pack_id, security_ids }: { pack_id: string; security_ids: readonly string[] },
): Promise<PackActionRow[]> {
  const { rows } = await tx.query<PackActionRow>(
    `${packHistory}, known as (
       select distinct on (security_id, type, ex_date) action.*, history.date as known_on
         from history join pack_actions action on action.pack_id = history.id
        where security_id = any($3::uuid[])
        order by security_id, type, ex_date, history.date desc
     )
     select security_id, security.symbol, type, ex_date, pay_date, amount, known.currency, ratio, known_on
       from known join securities security on security.id = security_id
      order by ex_date, security.symbol, type`,
    [pack_id, null, security_ids],
  );
  return rows;
}

/** The splits among them. */
export async function packSplits(
  tx: Tx,
  request: { pack_id: string; security_ids: readonly string[] },
): Promise<(PackActionRow & { ratio: string })[]> {
  const actions = await packActions(tx, request);
  return actions.filter((action): action is PackActionRow & { ratio: string } => action.type === 'split');
}
