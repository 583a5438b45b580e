import { compileSchema } from '../validate';
import { openApiDocument } from './openapi';
import { operations } from './operations';

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
