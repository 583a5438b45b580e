/** The example of a capability: a step of a pattern, what it refers to, and what it came to on the demo. */
import { exampleCalls, namesIn } from './example-calls';
import { readRecorded, shownCalls } from './recorded-examples';
import { printed } from './short-json';

const recorded = readRecorded();

/** Empty for a capability that has none: an agent's from outside. */
export function exampleOf(capability: string): string {
  const call = shownCalls.find((shown) => shown.capability === capability);
  const outcome = call && recorded[call.as];
  if (!call || !outcome) return '';
  const used = namesIn(call.args).map((name) => {
    const of = exampleCalls.find(({ as }) => as === name)?.capability ?? '';
    return `\`${name}\` is the result of [\`${of}\`](#${anchorOf(of)})`;
  });
  const head = `**Example**${used.length === 0 ? '' : `: ${used.join(', ')}`}`;
  const step = { capability, args: call.args, as: call.as };
  if ('result' in outcome) return [head, json(step), 'gives', json(outcome.result)].join('\n\n');
  const { code, message, details } = outcome.error;
  return [head, json(step), 'without a key of the provider ends with', json({ code, message, details })].join(
    '\n\n',
  );
}

/** @returns null where no recorded call says it */
export function sourceOf(capability: string): string | null {
  const call = shownCalls.find((shown) => shown.capability === capability);
  const outcome = call && recorded[call.as];
  return outcome && 'result' in outcome ? outcome.source : null;
}

/** As GitHub makes it of the heading `name`. */
export function anchorOf(name: string): string {
  return name.replaceAll('.', '');
}

function json(value: unknown): string {
  return `\`\`\`json\n${printed(value)}\n\`\`\``;
}
