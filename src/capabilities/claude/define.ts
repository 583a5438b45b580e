/** What every text of a language model comes with. */
import { type TObject, type TProperties, Type } from '@sinclair/typebox';
import { Nullable, Reasons } from '../../contract/scalars';
import { type Capability, capabilitiesOf } from '../capability';

export const closed = { additionalProperties: false } as const;

export const ModelAnswer = Type.Object(
  {
    text: Type.Union([Type.String(), Type.Null()], {
      description:
        'of the model, in English; null: KEY_MISSING, MODEL_REFUSED, EMPTY_ANSWER, TOO_LARGE (the data is longer than 200,000 characters)',
    }),
    figures_not_in_data: Type.Union([Type.Array(Type.String()), Type.Null()], {
      description:
        'numbers of the text that the data does not hold, also not rounded or as a percentage: the model computed or invented them. Whole numbers up to 10 are not looked at',
    }),
    model: Type.Union([Type.String(), Type.Null()], {
      description: 'that answered, in the provider’s words',
    }),
    stop_reason: Type.Union([Type.String(), Type.Null()], {
      description: 'the provider’s: end_turn; max_tokens: the text is cut off; refusal',
    }),
    usage: Nullable(
      Type.Object(
        {
          input_tokens: Type.Integer({ minimum: 0, description: 'tokens of the model that were read' }),
          output_tokens: Type.Integer({ minimum: 0, description: 'tokens of the model that were written' }),
        },
        closed,
      ),
    ),
    prompt_sha256: Type.Union([Type.String(), Type.Null()], {
      description: 'of all that the model was told; null: nothing was',
    }),
    reasons: Reasons,
  },
  { ...closed, title: 'ModelAnswer' },
);

const define = capabilitiesOf('claude_agent');

/** A model answers differently each time, so nothing of it is remembered. */
export function modelCapability<const N extends string, P extends TProperties>(
  name: N,
  summary: string,
  args: P,
): Capability<N, TObject<P>, typeof ModelAnswer, never> {
  return define({
    name,
    summary: `${summary} Not available without a key of Anthropic (KEY_MISSING).`,
    args: Type.Object(args, closed),
    result: ModelAnswer,
    pure: false,
    policy: { startToCloseTimeout: '90s' },
    displayTtlSeconds: 86_400,
  });
}
