/** Asks the calculator as any caller would, arguments and results checked by the schemas. */
import type { ResultOf } from '../../src/capabilities';
import type { calculatorCatalogue } from '../../src/capabilities/calculator';
import { pureCaller } from '../../src/cli/pure-caller';

type Name = keyof typeof calculatorCatalogue;

const call = pureCaller();

type Answer<N extends Name> = Promise<ResultOf<(typeof calculatorCatalogue)[N]>>;

export const ask = <N extends Name>(capability: N, args: object): Answer<N> =>
  call(capability, args) as Answer<N>;

export const refused = (capability: Name, args: object, message: RegExp): Promise<void> =>
  expect(ask(capability, args)).rejects.toMatchObject({
    code: 'ARGS_INVALID',
    message: expect.stringMatching(message) as string,
  });
