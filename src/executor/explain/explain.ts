/** `GET /v1/executions/{id}/explain?field=…`: what one figure is and where it comes from; without a field, which there are. */
import { Type } from '@sinclair/typebox';
import type { RequestHandler } from 'express';
import { EngineError } from '../../contract/errors';
import type { Figures } from '../../contract/explanation';
import { StringEnum } from '../../contract/scalars';
import type { AppDeps } from '../app-deps';
import { sendWithETag } from '../etag';
import { requireOwn } from '../executions';
import { planOfRun } from '../plan-of-run';
import { queryReader } from '../query';
import { explainFigure } from './explain-figure';
import { formatFieldPath, parseFieldPath } from './field-path';
import { listFigures } from './figures';
import { wordsOf } from './reason-words';
import { requireField } from './require-field';
import { reasonOfNone } from './surroundings';

export const ExplainQuery = Type.Object(
  {
    field: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 1024,
        description:
          'a path in the result: `valued_positions.positions[0].value`, or as a JSON Pointer; of an object or a list: which figures stand below it; left out: all of them',
      }),
    ),
    all: Type.Optional(StringEnum(['true', 'false'], 'whether long lists are shown with their middle')),
  },
  { additionalProperties: false },
);

function whyNone(data: unknown, segments: readonly string[]): Pick<Figures, 'not_available'> {
  const code = reasonOfNone(data, segments);
  return code === null ? {} : { not_available: { code, ...wordsOf(code) } };
}

const readQuery = queryReader(ExplainQuery);

export function explain(deps: AppDeps): RequestHandler {
  return async (req, res) => {
    const { field, all } = readQuery(req.query);
    const row = await requireOwn(deps, req, res);
    const { id, status, trace } = row;
    if (trace === null) {
      throw new EngineError('EXECUTION_UNFINISHED', `The execution ${id} is ${status} and has no result.`);
    }
    const data = row.data ?? {};
    const segments = field === undefined ? [] : parseFieldPath(field);
    const value = requireField(data, segments);
    const isAll = all === 'true';
    if (value !== null && typeof value === 'object') {
      const listed = listFigures(data, value, { above: segments, all: isAll });
      const body: Figures = {
        execution_id: id,
        field: segments.length === 0 ? null : formatFieldPath(segments),
        ...listed,
        ...(listed.figures.length === 0 && whyNone(data, segments)),
      };
      sendWithETag(req, res, body);
      return;
    }
    const plan = await planOfRun(deps.findPattern, row);
    const request = { row: { ...row, trace }, plan, segments, value, all: isAll };
    sendWithETag(req, res, await explainFigure(deps, request));
  };
}
