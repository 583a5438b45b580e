/** What the contracts of data from providers share. */
import { type TString, Type } from '@sinclair/typebox';
import { capabilitiesOf } from '../capability';

export const closed = { additionalProperties: false } as const;

/** An instant in UTC. */
export const Instant = (description: string): TString => Type.String({ format: 'date-time', description });

export const Ticker = Type.String({
  pattern: '^[A-Z0-9][A-Z0-9.\\-]{0,14}$',
  description: 'ticker of a US stock, such as AAPL',
});

export const fetched = {
  provider: Type.String({ description: 'who said it' }),
  fetched_at: Instant('when it was asked, UTC'),
};

export const define = capabilitiesOf('data_harvester');

/** The time that a client may wait for its turn and for the answer; asking a provider is never remembered. */
export const fromProvider = { pure: false, policy: { startToCloseTimeout: '45s' } } as const;
