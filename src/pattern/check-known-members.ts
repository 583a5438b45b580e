/** A step without the members that its kind has not: they are told once, and may hold anything. */
import { isStep, kindOf, stepSchemas } from './step-schema';

/** Goes down to all inner steps. What is no step stays as it is. */
export function withKnownMembers(step: unknown): unknown {
  if (!isStep(step)) return step;
  const known = stepSchemas[kindOf(step) ?? 'capability'].properties;
  const own: Record<string, unknown> = Object.fromEntries(
    Object.entries(step).filter(([name]) => Object.hasOwn(known, name)),
  );
  if (Array.isArray(own['steps'])) own['steps'] = own['steps'].map(withKnownMembers);
  for (const kind of ['map', 'repeat']) {
    const of = own[kind];
    if (isObject(of)) own[kind] = { ...of, do: withKnownMembers(of['do']) };
  }
  if (Object.hasOwn(own, 'fallback')) own['fallback'] = withKnownMembers(own['fallback']);
  if (Array.isArray(own['on_error'])) {
    own['on_error'] = own['on_error'].map((entry: unknown) =>
      isObject(entry) ? { ...entry, use: withKnownMembers(entry['use']) } : entry,
    );
  }
  return own;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
