/** The request context (`ctx`): who asks, about what, on which frozen prices and ledger. Frozen once built. */
import { type Static, Type } from '@sinclair/typebox';
import { Currency, IsoDate, Nullable, PackId, Uuid } from './scalars';

export const RequestContext = Type.Object(
  {
    trace_id: Type.String({ description: 'OpenTelemetry trace id; may not be referenced in a pattern' }),
    request_id: Type.String({ description: 'unique per request; may not be referenced in a pattern' }),
    user_id: Uuid,
    portfolio_id: Nullable(Uuid),
    pricing_pack_id: PackId,
    ledger_commit_hash: Nullable(Type.String()),
    asof_date: IsoDate,
    base_currency: Nullable(Currency),
    benchmark_id: Nullable(Type.String()),
    rights: Type.Array(Type.String()),
  },
  { additionalProperties: false, title: 'RequestContext' },
);
export type RequestContext = Readonly<Static<typeof RequestContext>>;

/** Members that differ from run to run: a pattern that read them could be neither memoised nor verified. */
export const unreferencableContext = ['trace_id', 'request_id'] as const;
