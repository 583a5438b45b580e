/** The arguments of a call: all there, none too many, each what its schema wants. */
import type { Site } from './check-site';
import { checkObject, checkTemplate, type WhenMissing } from './check-templates';
import type { JsonSchema } from './signatures';
import { isNullable } from './types';

/** @param schema of all arguments together; `null` when it is not known: then only the references are looked at */
export function checkArguments(
  args: Record<string, unknown> | undefined,
  schema: JsonSchema | null,
  pointer: string,
  site: Site,
): void {
  const place = args === undefined ? pointer : `${pointer}/args`;
  if (schema === null) {
    checkTemplate(args ?? {}, {}, place, site);
    return;
  }
  const whenMissing = (name: string): WhenMissing => {
    const target = schema.properties?.[name];
    return schema.required?.includes(name) === true && target && !isNullable(target) ? 'skips' : 'fine';
  };
  checkObject(args ?? {}, schema, place, site, whenMissing);
}
