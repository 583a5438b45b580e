/** `optimizer.suggest_deleveraging_hedges`. */
import { Type } from '@sinclair/typebox';
import { cyclePhases } from '../../contract/macro-names';
import { Currency, DecimalString, Reasons, StringEnum, Uuid } from '../../contract/scalars';
import { closed, windowReads } from '../analyst/window';
import { capabilitiesOf } from '../capability';
import { ScenarioResult } from '../macro/scenarios-result';

const Phase = StringEnum(cyclePhases.long_term);
const Amount = (description: string) =>
  Type.Unsafe<DecimalString>({ ...DecimalString, description: `${description}, base currency` });

export const optimizerSuggestDeleveragingHedges = capabilitiesOf('optimizer')({
  name: 'optimizer.suggest_deleveraging_hedges',
  summary:
    'What the playbook of a phase of the long-term debt cycle comes to for one portfolio: amounts to sell and to buy, and what ' +
    'they change in each of three ways out of the debt.',
  args: Type.Object(
    {
      portfolio_id: Uuid,
      scenarios: Type.Object(
        { money_printing: ScenarioResult, austerity: ScenarioResult, default: ScenarioResult },
        closed,
      ),
      ltdc_phase: Type.Optional(
        Type.Union([Phase, Type.Null()], { description: 'left out or null: no playbook can be chosen' }),
      ),
    },
    closed,
  ),
  result: Type.Object(
    {
      base_currency: Currency,
      ltdc_phase: Type.Union([Phase, Type.Null()]),
      recommendations: Type.Array(
        Type.Object(
          {
            action: StringEnum(['reduce', 'add'] as const),
            target: Type.String(),
            fraction: Type.Number({ description: 'of what is held of it; of an addition: of the portfolio' }),
            amount: Amount('to sell or to hold more of'),
            instruments: Type.Array(
              Type.Object(
                {
                  symbols: Type.Array(Type.String(), {
                    description: 'held ones; of an addition examples, none for cash',
                  }),
                  kind: Type.Union([Type.String(), Type.Null()], { description: 'row of the sensitivities' }),
                  amount: Amount('part of the whole'),
                },
                closed,
              ),
            ),
            effect: Type.Object(
              {
                money_printing: Amount('above 0: the portfolio does better'),
                austerity: Amount('above 0: the portfolio does better'),
                default: Amount('above 0: the portfolio does better'),
              },
              closed,
            ),
          },
          closed,
        ),
      ),
      released: Amount('by what is sold'),
      to_buy: Amount('without cash; at most what is released and the cash that is held'),
      convention: Type.Object({ name: Type.String(), playbook_version: Type.String() }, closed),
      reasons: Reasons,
    },
    closed,
  ),
  reads: windowReads,
  version: '2',
});
