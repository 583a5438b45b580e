/** `GET /v1/executions/{id}/lineage?field=…`: where one field of a result comes from. */
import { Type } from '@sinclair/typebox';
import type { RequestHandler } from 'express';
import { EngineError } from '../contract/errors';
import { lineageOf } from '../pattern/lineage';
import { nearest } from '../pattern/nearest';
import { sendWithETag } from './etag';
import type { ExecuteDeps } from './execute-deps';
import { requireOwn } from './executions';
import { planOfRun } from './plan-of-run';
import { queryReader } from './query';

export const LineageQuery = Type.Object(
  {
    field: Type.String({
      minLength: 1,
      maxLength: 1024,
      description: 'an output’s name and the path below it, as in `valued_positions.positions.0.value`',
    }),
  },
  { additionalProperties: false },
);

const readQuery = queryReader(LineageQuery);

export function lineage(deps: ExecuteDeps): RequestHandler {
  return async (req, res) => {
    const { field } = readQuery(req.query);
    const { id, status, trace, data, inputs, pattern } = await requireOwn(deps, req, res);
    if (trace === null) {
      throw new EngineError('EXECUTION_UNFINISHED', `The execution ${id} is ${status} and has no result.`);
    }
    const plan = await planOfRun(deps.findPattern, { pattern });
    sendWithETag(
      req,
      res,
      withNearest(() => lineageOf({ field, plan, trace, data: data ?? {}, inputs })),
    );
  };
}

/** Says which name was probably meant. */
export function withNearest<T>(tell: () => T): T {
  try {
    return tell();
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== 'FIELD_UNKNOWN') throw error;
    const { field, found, segment, candidates } = error.details as {
      field: string;
      found: string;
      segment: string;
      candidates: string[];
    };
    const name = nearest(segment, candidates);
    const meant = name === null ? null : [found, name].filter((part) => part !== '').join('.');
    const hint = meant === null ? '' : ` Did you mean "${meant}"?`;
    throw new EngineError('FIELD_UNKNOWN', error.message + hint, { field, nearest: meant });
  }
}
