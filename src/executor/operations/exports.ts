/** The operation that gives a result as a file to keep. */
import { Type } from '@sinclair/typebox';
import { exportResult, ExportQuery } from '../export';
import exportedCsv from '../examples/export-csv.json';
import exportedJson from '../examples/export.json';
import { executionId, type Operation, queryParameters, readProblems } from './operation';

const Json = Type.Object(
  {
    data: Type.Record(Type.String(), Type.Unknown(), { description: 'the outputs, exact' }),
    providers: Type.Record(Type.String(), Type.Array(Type.String()), {
      description: 'whose data each output rests on',
    }),
    attributions: Type.Array(
      Type.Object({ provider: Type.String(), text: Type.String(), link: Type.Union([Type.String(), Type.Null()]) }),
    ),
    pricing_pack_id: Type.String(),
    asof_date: Type.String(),
  },
  { additionalProperties: true, title: 'ExportedResult', description: 'canonical JSON (RFC 8785)' },
); // prettier-ignore

export const exportOperations: Operation[] = [
  {
    method: 'get',
    paths: ['/v1/executions/{id}/export'],
    summary: 'A result as a file to keep: CSV, JSON or PDF, with its provenance and attributions, the same bytes each time.',
    parameters: [executionId, ...queryParameters(ExportQuery)],
    answers: {
      200: {
        description: 'The file; its name is in `Content-Disposition`.',
        schema: Json,
        example: exportedJson,
        also: {
          'text/csv': { schema: Type.String({ description: 'RFC 4180, one section for each table' }), example: exportedCsv.text },
          'application/pdf': { schema: Type.String({ contentMediaType: 'application/pdf' }), example: '%PDF-1.3' },
        },
      },
    },
    problems: [
      'REQUEST_INVALID', 'RIGHTS_MISSING', 'EXPORT_REFUSED', 'EXPORT_TOO_LARGE', 'EXECUTION_NOT_FOUND',
      'EXECUTION_UNFINISHED', 'LINEAGE_UNAVAILABLE', 'PATTERN_NOT_FOUND', 'PATTERN_INVALID', ...readProblems,
    ],
    handler: exportResult,
  },
]; // prettier-ignore
