/** A text of a language model, by Anthropic's Messages API. https://docs.anthropic.com/en/api/messages */
import { Type } from '@sinclair/typebox';
import { askJson, malformed, shapeOf } from './http-json';
import type { AskText } from './http-text';
import { requireKey } from './require-key';

const provider = 'Anthropic';
const Count = Type.Integer({ minimum: 0 });
const shape = shapeOf(
  Type.Object({
    type: Type.Literal('message'),
    model: Type.String({ minLength: 1 }),
    content: Type.Array(Type.Object({ type: Type.String(), text: Type.Optional(Type.String()) })),
    stop_reason: Type.String({ minLength: 1 }),
    usage: Type.Object({ input_tokens: Count, output_tokens: Count }),
  }),
);

export interface ModelAsked {
  /** What the model is to do, in our words alone. */
  system: string;
  /** What the user says. */
  content: string;
  /** The longest answer, in tokens. */
  maximumTokens: number;
  signal?: AbortSignal;
}

export interface ModelText {
  /** The text blocks of the answer together; empty where it has none. */
  text: string;
  /** The model that answered, as the provider names it. */
  model: string;
  /** `end_turn`, `max_tokens` (the text is cut off), `refusal`, … */
  stop_reason: string;
  usage: { input_tokens: number; output_tokens: number };
}

export interface Anthropic {
  readonly model: string;
  text(asked: ModelAsked): Promise<ModelText>;
}

/** Models up to these take a temperature; later ones refuse a request that has one. */
const takesTemperature = /^claude-(3|(opus|sonnet)-4(-[0-6])?(-\d{8})?$|haiku-4-5)/;

export function anthropic(ask: AskText, { key, model }: { key: string | null; model: string }): Anthropic {
  return {
    model,
    async text({ system, content, maximumTokens, signal }) {
      requireKey(provider, 'ANTHROPIC_API_KEY', key);
      const body = {
        model,
        max_tokens: maximumTokens,
        ...(takesTemperature.test(model) && { temperature: 0 }),
        system,
        messages: [{ role: 'user', content }],
      };
      const request = { path: '/v1/messages', body, ...(signal && { signal }) };
      const answer = await askJson(ask, request, { shape, provider });
      const { input_tokens, output_tokens } = answer.usage;
      return {
        text: textOf(answer.content),
        model: answer.model,
        stop_reason: answer.stop_reason,
        usage: { input_tokens, output_tokens },
      };
    },
  };
}

/** Blocks of other kinds, such as the model's thinking, are no part of what it says. */
function textOf(blocks: readonly { type: string; text?: string }[]): string {
  return blocks
    .filter(({ type }) => type === 'text')
    .map(({ text }, at) => {
      if (text === undefined) throw malformed(provider, `text block ${String(at)}: no text`);
      return text;
    })
    .join('')
    .trim();
}
