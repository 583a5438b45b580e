import { compileSchema } from '../validate';
import { openApiDocument, operations } from './openapi';

interface Document {
  paths: Record<string, Record<string, { responses: Record<string, unknown> }>>;
  components: { schemas: Record<string, unknown> };
}

describe('the OpenAPI document', () => {
  const document = openApiDocument() as unknown as Document;

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

  it('describes both addresses of what has two', () => {
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(['/execute', '/v1/execute', '/patterns', '/health', '/openapi.json']),
    );
  });
});
