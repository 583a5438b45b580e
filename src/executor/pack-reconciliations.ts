/** `/v1/packs/{id}/reconciliations`: the caller's portfolios against their ledgers, as the nightly order found them. */
import { type Static, Type } from '@sinclair/typebox';
import type { RequestHandler } from 'express';
import { Uuid } from '../contract/scalars';
import { withUser } from '../db/pool';
import { reconciliationsAt } from '../db/portfolio-metrics';
import { type PacksDeps, requirePack, requirePackId } from './packs';
import { userOf } from './request-scope';

export const PackReconciliations = Type.Object(
  {
    reconciliations: Type.Array(
      Type.Object(
        {
          portfolio_id: Uuid,
          ledger_commit_hash: Type.String(),
          passed: Type.Boolean(),
          checked_at: Type.String({ format: 'date-time' }),
          differences: Type.Array(Type.Record(Type.String(), Type.Unknown()), {
            description: 'commodity, what was expected by the ledger and what was found, since when',
          }),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false, title: 'PackReconciliations' },
);
export type PackReconciliations = Static<typeof PackReconciliations>;

export function readPackReconciliations({ pool }: PacksDeps): RequestHandler {
  return async (req, res) => {
    const id = requirePackId(req.params['id']);
    const rows = await withUser(pool, userOf(res).id, async (tx) => {
      await requirePack(tx, id);
      return reconciliationsAt(tx, id);
    });
    const reconciliations = rows.map(({ portfolio_id, ledger_commit_hash, passed, checked_at, result }) => ({
      portfolio_id,
      ledger_commit_hash,
      passed,
      checked_at: checked_at.toISOString(),
      differences: differencesOf(result),
    }));
    res.json({ reconciliations } satisfies PackReconciliations);
  };
}

function differencesOf(result: unknown): Record<string, unknown>[] {
  const { differences = [] } = result as { differences?: Record<string, unknown>[] };
  return differences;
}
