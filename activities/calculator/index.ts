/** The agent `calculator`: measures on the numbers it is given. */
import { calculatorCatalogue } from '../../src/capabilities/calculator';
import { defineAgent, type HandlersOf, type UntypedHandler } from '../agent';
import { decisionsHandlers } from './decisions';
import { holdingsHandlers } from './holdings';
import { refuseHugeNumbers } from './huge-numbers';
import { returnsHandlers } from './returns';
import { riskHandlers } from './risk';

type Name = keyof typeof calculatorCatalogue;
const names = Object.keys(calculatorCatalogue) as Name[];

const handlers: HandlersOf<Name> = {
  ...returnsHandlers,
  ...riskHandlers,
  ...holdingsHandlers,
  ...decisionsHandlers,
};

export const calculator = defineAgent('calculator', names, (_services: unknown) =>
  withCheckedNumbers(handlers),
);

function withCheckedNumbers(unchecked: HandlersOf<Name>): HandlersOf<Name> {
  const checked = Object.entries(unchecked).map(([name, handler]): [string, UntypedHandler] => [
    name,
    async (args, call) => {
      refuseHugeNumbers(args);
      return (handler as UntypedHandler)(args, call);
    },
  ]);
  return Object.fromEntries(checked) as unknown as HandlersOf<Name>;
}
