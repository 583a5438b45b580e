/** How evaluating fails, inside this folder: `&&`, `||`, `all` and `exists` may forgive it, as CEL says they do. */
import { decimalText, isDecimal } from './decimal-exact';

/** Never leaves the evaluator: whoever starts it turns this into CONDITION_INVALID. */
export class CelFailure extends Error {}

/** A value as a message shows it, cut to a readable length. */
export function show(value: unknown): string {
  if (isDecimal(value)) return `decimal("${decimalText(value)}")`;
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return `a list of ${String(value.length)}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

/** What kind of value it is, in words. */
export function kindInWords(value: unknown): string {
  if (value === null) return 'null';
  if (isDecimal(value)) return 'a decimal';
  if (Array.isArray(value)) return 'a list';
  const words: Record<string, string> = {
    string: 'a text', number: 'a number', boolean: 'true or false', object: 'an object',
  }; // prettier-ignore
  return words[typeof value] ?? typeof value;
}
