/** The OpenAPI 3.1 document, from the schemas that validate: nothing is described twice. */
import type { TSchema } from '@sinclair/typebox';
import { type ErrorCode, errorCodes } from '../contract/errors';
import { grouped } from '../services/grouped';
import { hoist } from './hoist';
import { problemExamples } from './openapi-problems';
import { type Operation, ProblemDetails } from './operations/operation';

export { HandleOnly, ProblemDetails } from './operations/operation';

export function openApiDocument(operations: readonly Operation[]): Record<string, unknown> {
  const components = new Map<string, unknown>();
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    for (const path of operation.paths) {
      paths[path] = { ...paths[path], [operation.method]: toOperation(operation, path, components) };
    }
  }
  paths['/openapi.json'] = { get: selfDescription() };
  return {
    openapi: '3.1.0',
    info: {
      title: 'DawsOS Engine',
      version: '1.0.0',
      description: 'Runs declarative patterns of portfolio analysis, durably and reproducibly.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }],
    paths,
    components: {
      schemas: Object.fromEntries([...components].sort(([a], [b]) => (a < b ? -1 : 1))),
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  };
}

function toOperation(operation: Operation, path: string, components: Map<string, unknown>): object {
  const content = (type: string, schema: TSchema, example: unknown): object => ({
    [type]: { schema: hoist(schema, components), example },
  });
  const answers = Object.entries(operation.answers).map(([status, answer]) => [
    status,
    {
      description: answer.description,
      content: {
        ...content(answer.type ?? 'application/json', answer.schema, answer.example),
        ...merged(
          Object.entries(answer.also ?? {}).map(([type, also]) => content(type, also.schema, also.example)),
        ),
      },
    },
  ]);
  const problems = problemsOf(operation).map(([status, codes]) => [
    status,
    {
      description: codes.join(', '),
      content: {
        'application/problem+json': {
          schema: hoist(ProblemDetails, components),
          examples: problemExamples(codes, addressOf(path, operation)),
        },
      },
    },
  ]);
  return {
    operationId: `${operation.method}${path.replace(/[^a-z0-9]+/gi, '_')}`.replace(/_$/, ''),
    summary: operation.summary,
    ...(operation.isPublic && { security: [] }),
    ...(operation.parameters && { parameters: hoist(operation.parameters, components) }),
    ...(operation.body && {
      requestBody: {
        required: true,
        content: content('application/json', operation.body.schema, operation.body.example),
      },
    }),
    responses: Object.fromEntries([...answers, ...problems]) as object,
  };
}

function merged(objects: readonly object[]): object {
  return objects.reduce((all, each) => ({ ...all, ...each }), {});
}

function selfDescription(): object {
  const content = { 'application/json': { schema: { type: 'object' }, example: { openapi: '3.1.0' } } };
  return {
    operationId: 'get_openapi_json',
    summary: 'This document.',
    security: [],
    responses: { 200: { description: 'OpenAPI 3.1.', content } },
  };
}

/** Codes by status, with those that come from the route and not from the handler. */
function problemsOf({ problems, body, isPublic, isProbe }: Operation): [string, ErrorCode[]][] {
  const all: ErrorCode[] = [
    ...problems,
    ...(body ? (['REQUEST_INVALID', 'BODY_TOO_LARGE', 'MEDIA_TYPE_UNSUPPORTED'] as const) : []),
    ...(isPublic ? [] : (['UNAUTHENTICATED'] as const)),
    ...(isProbe ? [] : (['RATE_LIMITED'] as const)),
  ];
  const byStatus = grouped(new Set(all), (code) => String(errorCodes[code].status));
  return [...byStatus].sort(([a], [b]) => Number(a) - Number(b));
}

/** With the examples of its parameters in the place of their names. */
function addressOf(path: string, { parameters = [] }: Operation): string {
  const known = parameters as { name: string; example?: string }[];
  return path.replaceAll(
    /\{(\w+)\}/g,
    (_, name: string) => known.find((parameter) => parameter.name === name)?.example ?? name,
  );
}
