import { compileSchema } from '../validate';
import { type ErrorCode, errorCodes } from '../contract/errors';
import problems from './examples/problems.json';
import { openApiDocument, ProblemDetails } from './openapi';
import { operations } from './operations';

const problemType = 'application/problem+json';

interface Refusal {
  description: string;
  content: Record<string, { examples: Record<string, { value: unknown }> }>;
}

interface Document {
  paths: Record<string, Record<string, { responses: Record<string, unknown> }>>;
  components: { schemas: Record<string, unknown> };
}

describe('the OpenAPI document', () => {
  const document = openApiDocument(operations) as unknown as Document;

  it('refers only to components that it has', () => {
    const references = [...JSON.stringify(document).matchAll(/#\/components\/schemas\/([A-Za-z]+)/g)].map(
      ([, name]) => name,
    );
    expect(references.length).toBeGreaterThan(20);
    expect(references.filter((name) => !Object.hasOwn(document.components.schemas, name ?? ''))).toEqual([]);
  });

  it('hoists every titled schema and leaves no title elsewhere', () => {
    expect(Object.keys(document.components.schemas)).toEqual(
      expect.arrayContaining([
        'ExecuteRequest',
        'ExecuteResponse',
        'Execution',
        'Trace',
        'StepTrace',
        'ProblemDetails',
        'Uuid',
      ]),
    );
  });

  const bodies = operations.flatMap(({ method, paths, body }) =>
    body ? [{ name: `${method} ${paths[0] ?? ''}`, ...body }] : [],
  );
  const answers = operations.flatMap(({ method, paths, answers: all }) =>
    Object.entries(all).map(([status, answer]) => ({
      name: `${method} ${paths[0] ?? ''} ${status}`,
      ...answer,
    })),
  );

  it.each([...bodies, ...answers])('has an example that fits its schema: $name', ({ schema, example }) => {
    expect(compileSchema(schema)(example)).toEqual([]);
  });

  const refusals = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { responses }]) =>
      Object.entries(responses as Record<string, Refusal>)
        .filter(([, { content }]) => content[problemType] !== undefined)
        .map(([status, { description, content }]) => ({
          name: `${method} ${path} ${status}`,
          codes: description.split(', '),
          status: Number(status),
          examples: content[problemType]?.examples ?? {},
        })),
    ),
  );

  it.each(refusals)('shows each refusal that it names: $name', ({ codes, status, examples }) => {
    expect(Object.keys(examples)).toEqual(codes);
    for (const [code, { value }] of Object.entries(examples)) {
      expect(compileSchema(ProblemDetails)(value)).toEqual([]);
      expect(value).toMatchObject({ code, status });
    }
  });

  it('has recorded refusals for the codes that a caller meets first', () => {
    const recorded = Object.keys(problems);
    expect(recorded.length).toBeGreaterThanOrEqual(17);
    for (const code of recorded) {
      const value: unknown = problems[code as keyof typeof problems];
      expect(compileSchema(ProblemDetails)(value)).toEqual([]);
      const { status, summary, action } = errorCodes[code as ErrorCode];
      expect(value).toMatchObject({ code, status, title: summary, action });
    }
  });

  it('has an example for every parameter of an address', () => {
    const parameters = operations.flatMap(({ parameters: all }) => (all ?? []) as Record<string, unknown>[]);
    const ofPaths = parameters.filter((parameter) => parameter['in'] === 'path');
    expect(ofPaths.length).toBeGreaterThan(4);
    expect(ofPaths.filter(({ example }) => example === undefined)).toEqual([]);
  });

  it('names the codes of token, limits and body where they can occur, and nowhere else', () => {
    const statusesOf = (path: string, method: string): string[] =>
      Object.keys(document.paths[path]?.[method]?.responses ?? {});
    expect(statusesOf('/v1/execute', 'post')).toEqual(
      expect.arrayContaining(['200', '202', '400', '401', '413', '415', '429']),
    );
    expect(statusesOf('/v1/capabilities', 'get')).toEqual(['200', '401', '429']);
    expect(statusesOf('/health/live', 'get')).toEqual(['200']);
    expect(statusesOf('/health', 'get')).toEqual(['200', '429']);
  });

  it('describes both addresses of what has two', () => {
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(['/execute', '/v1/execute', '/patterns', '/health', '/openapi.json']),
    );
  });
});
