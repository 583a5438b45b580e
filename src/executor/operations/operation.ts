/** One operation of the API: its address, its description and what answers it, in one object. */
import { type TObject, type TSchema, Type } from '@sinclair/typebox';
import type { RequestHandler } from 'express';
import { type ErrorCode, errorCodes } from '../../contract/errors';
import { StringEnum, Uuid } from '../../contract/scalars';
import { ExecutionHandle } from '../../contract/execution';
import type { AppDeps } from '../app-deps';
import { handle, runningHandle } from '../openapi-examples';

/** The route and its entry in the OpenAPI document are both made from it, so there cannot be one without the other. */
export interface Operation {
  method: 'get' | 'post' | 'patch' | 'delete';
  /** With parameters as OpenAPI writes them: `/v1/executions/{id}`. The first one names the operation. */
  paths: string[];
  summary: string;
  /** Needs no token. */
  isPublic?: boolean;
  /** For machines that ask all the time: no limit of requests refuses it. */
  isProbe?: boolean;
  /** With it, the handler finds the parsed JSON in `req.body`; it checks it against the schema itself. */
  body?: { schema: TSchema; example: unknown };
  parameters?: object[];
  /** By status. */
  answers: Record<string, OperationAnswer>;
  /** The codes it may answer with. Those of token, limits and body are added where they apply. */
  problems: ErrorCode[];
  /** Nobody may keep the answer; a handler that sends an ETag says so itself. */
  noStore?: boolean;
  /** Called once, when the app is made. */
  handler: (deps: AppDeps) => RequestHandler;
}

export interface OperationAnswer {
  description: string;
  schema: TSchema;
  example: unknown;
  /** `application/json` unless said otherwise. */
  type?: string;
  /** Other media types that the same answer may have, by the request. */
  also?: Record<string, { schema: TSchema; example: unknown }>;
}

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

/** The answer of everything that has started or touched a run without waiting for its end. */
export const accepted: OperationAnswer = {
  description: 'It still runs; see Location and Retry-After.',
  schema: HandleOnly,
  example: { execution: runningHandle },
};

export const header = (name: string, description: string): object => ({
  name,
  in: 'header',
  required: false,
  description,
  schema: { type: 'string' },
});

export const pathParameter = (name: string, schema: TSchema, example: unknown): object => ({
  name,
  in: 'path',
  required: true,
  schema,
  example,
});

/** One parameter for each member of a query's schema. */
export function queryParameters(query: TObject): object[] {
  return Object.entries(query.properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: query.required?.includes(name) ?? false,
    schema,
  }));
}

export const executionId = pathParameter('id', Uuid, handle.id);

/** For an operation that only reads from PostgreSQL. */
export const readProblems: ErrorCode[] = ['DATABASE_UNAVAILABLE'];

/** All codes of these statuses: a run may end with any of them. */
export function codesWith(...statuses: number[]): ErrorCode[] {
  return (Object.keys(errorCodes) as ErrorCode[]).filter((code) =>
    statuses.includes(errorCodes[code].status),
  );
}
