/**
 * What capabilities that are not pure answered to the steps of executions.
 *
 * Invariants
 * 1. A step has one answer: an attempt that is repeated, or made again after a reset, is given the first one's.
 * 2. Rows are the user's own and never change.
 */
import type { Pool } from 'pg';
import type { MemoMeta, Remembered } from '../contract/memo';
import type { AnswerPlace, RecordedAnswers } from '../contract/recorded-answers';
import { readAsUser, withUser } from './pool';

interface AnswerRow {
  result: unknown;
  meta: MemoMeta;
}

/** The step's own answer comes before that of the other execution. */
const selectAnswer = `
  select result, meta from recorded_answers
  where execution_id in ($1, $2) and path = $3 and capability = $4 and args_digest = $5
  order by execution_id = $1 desc limit 1`;

const insertAnswer = `
  insert into recorded_answers (execution_id, path, user_id, capability, args_digest, result, meta)
  values ($1, $2, $3, $4, $5, $6, $7) on conflict (execution_id, path, capability, args_digest) do nothing`;

export function recordedAnswers(pool: Pool): RecordedAnswers {
  const find = async (place: AnswerPlace, from: string | null): Promise<Remembered | null> => {
    const { user_id, execution_id, path, capability, args_digest } = place;
    const { rows } = await readAsUser(pool, user_id, (tx) =>
      tx.query<AnswerRow>(selectAnswer, [execution_id, from, path, capability, args_digest]),
    );
    return rows[0] ?? null;
  };
  return {
    find,
    keep: async (place, answer) => {
      const { user_id, execution_id, path, capability, args_digest } = place;
      const texts = [JSON.stringify(answer.result), JSON.stringify(answer.meta)];
      const added = await withUser(pool, user_id, async (tx) => {
        const values = [execution_id, path, user_id, capability, args_digest, ...texts];
        return (await tx.query(insertAnswer, values)).rowCount === 1;
      });
      return added ? answer : ((await find(place, null)) ?? answer);
    },
  };
}
