/** The OpenAPI 3.1 document, from the schemas that validate: nothing is described twice. */
import { type TSchema, Type } from '@sinclair/typebox';
import { errorCodes } from '../contract/errors';
import { ExecuteRequest, ExecuteResponse, Execution, ExecutionHandle } from '../contract/execution';
import { StringEnum, Uuid } from '../contract/scalars';
import { Trace } from '../contract/trace';
import { ExecutionList, ExecutionQuery } from './executions';
import { Health } from './health';
import { hoist } from './hoist';
import * as examples from './openapi-examples';
import { PatternList } from './patterns';

/** Members of its own stand beside these, by code: `problems`, `missing`, `pack_id`, `execution`, … */
export const ProblemDetails = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String(),
    instance: Type.String(),
    code: StringEnum(Object.keys(errorCodes)),
    action: Type.String({ description: 'what to do about it' }),
    request_id: Type.String(),
    trace_id: Type.String(),
  },
  { additionalProperties: true, title: 'ProblemDetails' },
);

export const HandleOnly = Type.Object(
  { execution: ExecutionHandle },
  { additionalProperties: false, title: 'HandleOnly' },
);

export interface Operation {
  method: 'get' | 'post';
  paths: string[];
  summary: string;
  isPublic?: boolean;
  body?: { schema: TSchema; example: unknown };
  parameters?: object[];
  answers: Record<string, { description: string; schema: TSchema; example: unknown }>;
  /** Problems it may answer with, by status. */
  problems: number[];
}

const header = (name: string, description: string): object => ({
  name,
  in: 'header',
  required: false,
  description,
  schema: { type: 'string' },
});
const executionId = { name: 'id', in: 'path', required: true, schema: Uuid, example: examples.handle.id };
const accepted = {
  description: 'It still runs; see Location and Retry-After.',
  schema: HandleOnly,
  example: { execution: examples.runningHandle },
};

export const operations: Operation[] = [
  {
    method: 'post',
    paths: ['/v1/execute', '/execute'],
    summary: 'Runs a pattern and waits for its result, or says where it will be.',
    body: { schema: ExecuteRequest, example: examples.executeRequest },
    parameters: [
      header('Idempotency-Key', 'the same key and body mean the same execution, also after a restart'),
      header('Prefer', '`wait=N` seconds (default 10, at most 30) or `respond-async`'),
    ],
    answers: {
      200: { description: 'The result.', schema: ExecuteResponse, example: examples.executeResponse },
      202: accepted,
    },
    problems: [400, 401, 403, 404, 409, 413, 415, 422, 500, 502, 503, 504],
  },
  {
    method: 'get',
    paths: ['/v1/executions'],
    summary: 'Own executions, newest first, without their results.',
    parameters: Object.entries(ExecutionQuery.properties).map(([name, schema]) => ({
      name,
      in: 'query',
      required: false,
      schema,
    })),
    answers: {
      200: { description: 'The executions.', schema: ExecutionList, example: examples.executionList },
    },
    problems: [400, 401, 503],
  },
  {
    method: 'get',
    paths: ['/v1/executions/{id}'],
    summary: 'Status of an execution, and its result when it has ended; 200 also when it failed.',
    parameters: [executionId],
    answers: { 200: { description: 'The execution.', schema: Execution, example: examples.execution } },
    problems: [401, 404, 503],
  },
  {
    method: 'get',
    paths: ['/v1/executions/{id}/trace'],
    summary: 'What ran, by which agents, on which sources, how fresh.',
    parameters: [executionId],
    answers: { 200: { description: 'The trace.', schema: Trace, example: examples.trace }, 202: accepted },
    problems: [401, 404, 503],
  },
  {
    method: 'post',
    paths: ['/v1/executions/{id}/cancel'],
    summary: 'Asks a running execution to end.',
    parameters: [executionId],
    answers: { 202: { ...accepted, description: 'It was asked to end.' } },
    problems: [401, 404, 409, 503],
  },
  {
    method: 'get',
    paths: ['/v1/patterns', '/patterns'],
    summary:
      'All patterns with their inputs’ schemas and the rights they need; broken ones with their problems.',
    answers: { 200: { description: 'The patterns.', schema: PatternList, example: examples.patternList } },
    problems: [401],
  },
  {
    method: 'get',
    paths: ['/health'],
    summary: 'How each part stands; always 200.',
    isPublic: true,
    answers: { 200: { description: 'The parts.', schema: Health, example: examples.health } },
    problems: [],
  },
];

export function openApiDocument(): Record<string, unknown> {
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
  const json = (type: string, schema: TSchema, example: unknown): object => ({
    [type]: { schema: hoist(schema, components), example },
  });
  const answers = Object.entries(operation.answers).map(([status, { description, schema, example }]) => [
    status,
    { description, content: json('application/json', schema, example) },
  ]);
  const problems = operation.problems.map((status) => [
    String(status),
    {
      description: codesOf(status).join(', '),
      content: json('application/problem+json', ProblemDetails, problemExample(status, path)),
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
        content: json('application/json', operation.body.schema, operation.body.example),
      },
    }),
    responses: Object.fromEntries([...answers, ...problems]) as object,
  };
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

function codesOf(status: number): string[] {
  return Object.entries(errorCodes).flatMap(([code, entry]) => (entry.status === status ? [code] : []));
}

function problemExample(status: number, instance: string): object {
  if (status === 503 && instance.endsWith('/execute')) return { ...examples.packWarming, instance };
  const entry = Object.entries(errorCodes).find(([, { status: of }]) => of === status);
  const { request_id, trace_id } = examples.packWarming;
  const [code, { summary, action }] = entry ?? ['INTERNAL', errorCodes.INTERNAL];
  return {
    type: `urn:dawsos:error:${code}`,
    title: summary,
    status,
    detail: summary,
    instance,
    code,
    action,
    request_id,
    trace_id,
  };
}
