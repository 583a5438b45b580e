/** A step's arguments: templates filled, missing values passed, left out, or the reason not to run. */
import type { ArgumentSlot } from '../plan';
import { resolveTemplate } from '../reference';
import type { Scope } from '../scope';

const unknownSlot: ArgumentSlot = { nullable: false, required: true };

/** @returns the arguments, or whose missing value keeps the step from running */
export function fillArguments(
  args: Record<string, unknown>,
  slots: Record<string, ArgumentSlot>,
  scope: Scope,
): { args: Record<string, unknown>; missing: string | null } {
  const filled: Record<string, unknown> = {};
  for (const [name, template] of Object.entries(args)) {
    const resolved = resolveTemplate(template, scope);
    const slot = slots[name] ?? unknownSlot;
    if (resolved.missing === undefined) filled[name] = resolved.value;
    else if (slot.nullable) filled[name] = null;
    else if (slot.required) return { args: filled, missing: resolved.missing };
  }
  return { args: filled, missing: null };
}

/** For an undo, which has to be tried: what is missing and can neither be left out nor be `null` is passed as `null`. */
export function fillUndoArguments(
  args: Record<string, unknown>,
  slots: Record<string, ArgumentSlot>,
  scope: Scope,
): Record<string, unknown> {
  const filled: Record<string, unknown> = {};
  for (const [name, template] of Object.entries(args)) {
    const resolved = resolveTemplate(template, scope);
    if (resolved.missing === undefined) filled[name] = resolved.value;
    else if ((slots[name] ?? unknownSlot).nullable || (slots[name] ?? unknownSlot).required)
      filled[name] = null;
  }
  return filled;
}

/** The filled templates of a map of outputs; a missing value is `null`. */
export function fillOutputs(outputs: Record<string, unknown>, scope: Scope): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, template]) => [name, resolveTemplate(template, scope).value ?? null]),
  );
}
