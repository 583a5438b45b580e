/** Operations that look at runs: what happens now, where a field comes from, how two results differ. */
import { Type } from '@sinclair/typebox';
import { Diff } from '../../contract/diff';
import { Explanation, Figures } from '../../contract/explanation';
import { Lineage } from '../../contract/lineage';
import { EndEvent, StatusEvent, StepProgress } from '../../contract/progress';
import { diff, DiffRequest, DiffRunning } from '../diff';
import { events } from '../events';
import { explain, ExplainQuery } from '../explain/explain';
import { lineage, LineageQuery } from '../lineage';
import * as examples from '../openapi-examples-insight';
import { explanation } from '../explain/openapi-example';
import { codesWith, executionId, header, type Operation, queryParameters, readProblems } from './operation';

const ifNoneMatch = header('If-None-Match', 'an `ETag` received earlier; 304 when it is still that');

/** Server-sent events are text, in which the lines of `data` are JSON: that is what `contentSchema` describes. */
const Events = Type.String({
  description: '`event: step`, `event: status` or `event: end`, each with an `id` and one line of `data`',
  contentSchema: Type.Union([StepProgress, StatusEvent, EndEvent]),
});

export const insightOperations: Operation[] = [
  {
    method: 'get',
    paths: ['/v1/executions/{id}/events'],
    summary: 'Steps as they start and end, as server-sent events, until the run has ended.',
    parameters: [executionId, header('Last-Event-ID', 'the last `id` received: what came since is told; after that of `end` the answer is 204')],
    answers: {
      200: { description: 'Events `step`, `status` and, last, `end`.', schema: Events, example: examples.events, type: 'text/event-stream' },
    },
    problems: ['EXECUTION_NOT_FOUND', ...readProblems],
    noStore: true,
    handler: (deps) => events(deps),
  },
  {
    method: 'get',
    paths: ['/v1/executions/{id}/lineage'],
    summary: 'Where one field of a result comes from: steps, capabilities, sources, dates, inputs.',
    parameters: [executionId, ...queryParameters(LineageQuery), ifNoneMatch],
    answers: {
      200: { description: 'The way back, with its `ETag`.', schema: Lineage, example: examples.lineage },
    },
    problems: [
      'REQUEST_INVALID', 'EXECUTION_NOT_FOUND', 'EXECUTION_UNFINISHED', 'FIELD_UNKNOWN', 'LINEAGE_UNAVAILABLE',
      'PATTERN_NOT_FOUND', 'PATTERN_INVALID', ...readProblems,
    ],
    handler: lineage,
  },
  {
    method: 'get',
    paths: ['/v1/executions/{id}/explain'],
    summary: 'What one figure is and where it comes from, with the evidence and the arithmetic; without a field, which figures there are.',
    parameters: [executionId, ...queryParameters(ExplainQuery), ifNoneMatch],
    answers: {
      200: {
        description: 'The explanation, or the figures below an object or a list, with its `ETag`.',
        schema: Type.Union([Explanation, Figures]),
        example: explanation,
      },
    },
    problems: [
      'REQUEST_INVALID', 'EXECUTION_NOT_FOUND', 'EXECUTION_UNFINISHED', 'FIELD_UNKNOWN', 'LINEAGE_UNAVAILABLE',
      'PATTERN_NOT_FOUND', 'PATTERN_INVALID', 'PACK_NOT_FOUND', ...readProblems,
    ],
    handler: explain,
  },
  {
    method: 'post',
    paths: ['/v1/diff'],
    summary: 'How two executions differ, or one pattern on two packs: field by field, and the first step at which they part.',
    parameters: [header('Prefer', 'on two packs: `wait=N` seconds (default 10, at most 30)')],
    body: { schema: DiffRequest, example: examples.diffRequest },
    answers: {
      200: { description: 'The differences.', schema: Diff, example: examples.diff },
      202: {
        description: 'One of them still runs: ask again with their ids.',
        schema: DiffRunning,
        example: examples.diffRunning,
      },
    },
    problems: [
      'EXECUTION_NOT_FOUND', 'EXECUTION_UNFINISHED', 'RIGHTS_MISSING', 'PATTERN_NOT_FOUND', 'PORTFOLIO_NOT_FOUND',
      'PACK_NOT_FOUND', ...codesWith(422, 503),
    ],
    handler: diff,
  },
]; // prettier-ignore
