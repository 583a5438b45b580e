/** `scenarios.deleveraging_money_printing`, `scenarios.deleveraging_austerity`, `scenarios.deleveraging_default`. */
import { Type } from '@sinclair/typebox';
import { cyclePhases } from '../../contract/macro-names';
import { StringEnum } from '../../contract/scalars';
import { closed, historyCall, portfolioArgs } from '../analyst/window';
import { capabilitiesOf } from '../capability';
import { ScenarioResult } from './scenarios-result';

const args = Type.Object(
  {
    ...portfolioArgs,
    ltdc_phase: Type.Optional(
      Type.Union([StringEnum(cyclePhases.long_term), Type.Null()], {
        description:
          'phase of the long-term debt cycle; the probability is given in DELEVERAGING, DEBT_CRISIS and DEPRESSION, and is null ' +
          'in every other and where no phase is known',
      }),
    ),
  },
  closed,
);
const define = capabilitiesOf('macro_hound');

export const deleveragingMoneyPrinting = define({
  name: 'scenarios.deleveraging_money_printing',
  summary: 'What a deleveraging by printing money does to a portfolio: inflation up, the US dollar down.',
  args,
  result: ScenarioResult,
  ...historyCall,
  version: '2',
});

export const deleveragingAusterity = define({
  name: 'scenarios.deleveraging_austerity',
  summary: 'What a deleveraging by austerity does to a portfolio: shares and inflation down, spreads wider.',
  args,
  result: ScenarioResult,
  ...historyCall,
  version: '2',
});

export const deleveragingDefault = define({
  name: 'scenarios.deleveraging_default',
  summary: 'What a deleveraging by defaults does to a portfolio: spreads far wider, shares far down.',
  args,
  result: ScenarioResult,
  ...historyCall,
  version: '2',
});
