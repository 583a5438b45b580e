/** `GET /v1/executions/{id}/export`: a result as a file to keep, as far as pattern, user and sources allow it. */
import { Type } from '@sinclair/typebox';
import type { RequestHandler, Response } from 'express';
import { EngineError } from '../contract/errors';
import { StringEnum } from '../contract/scalars';
import type { ExecutionRow } from '../db/executions';
import { csvDocument } from '../export/csv-document';
import { type ExportDocument } from '../export/document';
import { fileNameOf } from '../export/file-name';
import { jsonDocument } from '../export/json-document';
import { pdfRequestOf } from '../export/pdf-sections';
import { renderPdf } from '../export/render-pdf';
import type { User } from './authenticate';
import type { ExecuteDeps } from './execute-deps';
import { requireOwn } from './executions';
import { documentOf } from './export-document';
import { queryReader } from './query';
import { requireRights } from './request-checks';
import { userOf } from './request-scope';
import type { Pattern } from '../pattern/schema';

export const exportFormats = ['csv', 'pdf', 'json'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const ExportQuery = Type.Object(
  {
    format: StringEnum(exportFormats, 'JSON is the numbers themselves, so it needs what CSV needs'),
    outputs: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 4096,
        description: 'names of outputs, by commas; left out: all, and one that may not be exported refuses the whole',
      }),
    ),
  },
  { additionalProperties: false },
); // prettier-ignore

const readQuery = queryReader(ExportQuery);
/** No run of ours comes near it; a process must not write for minutes. */
const maximumCharacters = 32 * 1024 * 1024;
const mediaTypes: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8; header=present',
  pdf: 'application/pdf',
  json: 'application/json; charset=utf-8',
};

export function exportResult(deps: ExecuteDeps): RequestHandler {
  return async (req, res) => {
    const { format, outputs } = readQuery(req.query);
    const row = await requireOwn(deps, req, res);
    requireResult(row);
    const { pattern, plan } = await deps.findPattern(row.pattern.id, row.pattern.version);
    requireAllowed(pattern, userOf(res), format);
    const { document, shownBy } = await documentOf(deps.pool, { row, trace: row.trace, plan }, {
      pattern,
      right: format === 'pdf' ? 'pdf' : 'csv',
      asked: outputs?.split(',').map((name) => name.trim()) ?? null,
    });
    const { pattern: of, portfolio, asof_date } = document;
    const name = fileNameOf([of.id, portfolio?.name ?? null, asof_date], format);
    send(res, { name, format, content: await contentOf(document, shownBy, format, gone(res)) });
  };
} // prettier-ignore

function requireResult(row: ExecutionRow): asserts row is ExecutionRow & { trace: NonNullable<ExecutionRow['trace']> } {
  if (row.trace !== null && row.status === 'succeeded') return;
  const message = `The execution ${row.id} is ${row.status}; only a result that succeeded can be exported.`;
  throw new EngineError('EXECUTION_UNFINISHED', message);
} // prettier-ignore

/** What pattern and user say, before any data is looked at. @throws EngineError EXPORT_REFUSED, RIGHTS_MISSING */
function requireAllowed(pattern: Pattern, user: User, format: ExportFormat): void {
  const kind = format === 'pdf' ? 'pdf' : 'csv';
  if (pattern.export_allowed?.[kind] !== true) {
    const message = `The pattern "${pattern.id}" does not allow its results to be exported as ${format}: its \`export_allowed\` would have to have \`${kind}: true\`.`;
    throw new EngineError('EXPORT_REFUSED', message, {
      refusals: [{ output: null, source: null, provider: null, right: kind, reason: 'PATTERN_FORBIDS', message }],
    });
  }
  const rights = [...new Set([...(pattern.rights_required ?? []), `export_${kind}`])];
  requireRights({ ...pattern, rights_required: rights }, user);
} // prettier-ignore

async function contentOf(
  document: ExportDocument,
  shownBy: ReadonlyMap<string, string>,
  format: ExportFormat,
  signal: AbortSignal,
): Promise<Buffer> {
  if (format === 'pdf') return (await renderPdf(pdfRequestOf(document, shownBy), { signal })).content;
  const text = format === 'csv' ? csvDocument(document) : jsonDocument(document);
  if (text.length > maximumCharacters) {
    throw new EngineError('EXPORT_TOO_LARGE', `The file would have ${String(text.length)} characters, more than ${String(maximumCharacters)}; take fewer outputs with \`outputs=\`.`);
  }
  return Buffer.from(text);
} // prettier-ignore

function send(res: Response, file: { name: string; format: ExportFormat; content: Buffer }): void {
  res
    .status(200)
    .setHeader('Content-Type', mediaTypes[file.format])
    // The name has only letters, digits, `_`, `-` and `.`.
    .setHeader('Content-Disposition', `attachment; filename="${file.name}"`)
    .setHeader('Cache-Control', 'private, no-cache')
    .end(file.content);
}

/** Aborted when the caller has gone: nobody waits for the file. */
function gone(res: Response): AbortSignal {
  const controller = new AbortController();
  res.once('close', () => {
    controller.abort();
  });
  return controller.signal;
}
