/** One question to the language model: what it was told, what it said, and which numbers it has from nowhere. */
import type { ResultOf, Catalogue } from '../../src/capabilities';
import type { Anthropic } from '../../src/providers/anthropic';
import { isKeyMissing } from '../../src/providers/require-key';
import { figuresNotIn } from '../../src/services/prompt-figures';
import { promptOf } from '../../src/services/prompt-text';
import type { PromptTask } from '../../src/services/prompt-tasks';
import type { Answer } from '../agent';

export type ModelAnswer = ResultOf<Catalogue['ai.explain']>;

export interface Question {
  task: PromptTask;
  /** What the caller wants to know. */
  request: Readonly<Record<string, unknown>>;
  data: unknown;
}

/** Thinking, where a model does it, counts among them. */
const maximumTokens = 4000;
const source = 'provider:anthropic';

/** @throws EngineError PROVIDER_REFUSED, PROVIDER_UNAVAILABLE, SOURCE_INVALID, CIRCUIT_OPEN */
export async function askModel(
  anthropic: Anthropic,
  { task, request, data }: Question,
  signal: AbortSignal,
): Promise<Answer<ModelAnswer>> {
  const prompt = promptOf(task, { request, data }, { model: anthropic.model, maximumTokens });
  if (prompt === null) return { result: notAvailable('TOO_LARGE') };
  const { system, content, sha256 } = prompt;
  try {
    const said = await anthropic.text({ system, content, maximumTokens, signal });
    const { model, stop_reason, usage } = said;
    const told = { model, stop_reason, usage, prompt_sha256: sha256 };
    const none = stop_reason === 'refusal' ? 'MODEL_REFUSED' : said.text === '' ? 'EMPTY_ANSWER' : null;
    if (none !== null) {
      const reasons = { text: none, figures_not_in_data: none };
      return { result: { text: null, figures_not_in_data: null, ...told, reasons }, source };
    }
    const figures_not_in_data = figuresNotIn({ request, data }, said.text);
    return { result: { text: said.text, figures_not_in_data, ...told, reasons: {} }, source };
  } catch (error) {
    if (!isKeyMissing(error)) throw error;
    return { result: notAvailable('KEY_MISSING') };
  }
}

const nothing = {
  ...{ text: null, figures_not_in_data: null, model: null, stop_reason: null, usage: null },
  prompt_sha256: null,
};

function notAvailable(code: string): ModelAnswer {
  return {
    ...nothing,
    reasons: Object.fromEntries(Object.keys(nothing).map((name) => [name, code])),
  };
}
