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

export const calculator = defineAgent('calculator', names, (_services: unknown) =>
  withCheckedNumbers({ ...returnsHandlers, ...riskHandlers, ...holdingsHandlers, ...decisionsHandlers }),
);

function withCheckedNumbers(handlers: HandlersOf<Name>): HandlersOf<Name> {
  const checked = Object.entries(handlers).map(([name, handler]): [string, UntypedHandler] => [
    name,
    async (args, call) => {
      refuseHugeNumbers(args);
      return (handler as UntypedHandler)(args, call);
    },
  ]);
  return Object.fromEntries(checked) as unknown as HandlersOf<Name>;
}
