import { catalogue } from '.';

interface Schema {
  type?: string;
  description?: string;
  properties?: Record<string, Schema>;
  patternProperties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
}

/** Numbers of which nothing is said, neither by themselves nor by the member that holds them. */
function undescribed(schema: Schema, at: string, said: string | undefined): string[] {
  const own = schema.description ?? said;
  const isNumber = schema.type === 'number' || schema.type === 'integer';
  const inner = [
    ...Object.entries(schema.properties ?? {}).flatMap(([name, member]) =>
      undescribed(member, `${at}.${name}`, undefined),
    ),
    ...Object.values(schema.patternProperties ?? {}).flatMap((member) => undescribed(member, `${at}.*`, own)),
    ...(schema.items ? undescribed(schema.items, `${at}[]`, own) : []),
    ...(schema.anyOf ?? []).flatMap((kind) => undescribed(kind, at, own)),
  ];
  return isNumber && own === undefined ? [at, ...inner] : inner;
}

it.each(Object.values(catalogue).map((capability) => [capability.name, capability] as const))(
  'every number of %s says what it is and in which unit',
  (_, { args, result }) => {
    expect([...undescribed(args, 'args', undefined), ...undescribed(result, 'result', undefined)]).toEqual(
      [],
    );
  },
);
