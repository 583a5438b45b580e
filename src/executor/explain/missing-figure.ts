/** Why a figure is null, in words and with what to do: by the code beside it, else by how its step ended. */
import type { Explanation } from '../../contract/explanation';
import type { StepTrace } from '../../contract/trace';
import { wordsOf } from './reason-words';

export function missingFigure(
  reason: string | null,
  line: StepTrace | undefined,
): NonNullable<Explanation['not_available']> {
  if (reason !== null) return { code: reason, ...wordsOf(reason) };
  if (line?.error) {
    const { code, message } = line.error;
    return { code, words: `The step ${line.path} failed: ${message}`, next: 'See what ran with `dawsos trace`.' };
  }
  if (line?.status === 'skipped') {
    const why = line.reason === 'condition' ? `its condition ${line.condition?.expression ?? ''} did not hold` : line.reason;
    return {
      code: 'SKIPPED',
      words: `The step ${line.path} was skipped: ${why ?? 'no reason is recorded'}.`,
      next: 'Look at what the condition or the missing value depends on.',
    };
  }
  return {
    code: 'NO_REASON',
    words: 'The result gives no reason beside it.',
    next: 'See the capability in docs/capabilities.md: some members are null by design.',
  };
} // prettier-ignore
