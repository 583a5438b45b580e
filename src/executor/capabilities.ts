/** `GET /v1/capabilities`: what a pattern’s steps can ask for, of which agent, and how such a call is treated. */
import { type Static, Type } from '@sinclair/typebox';
import type { RequestHandler } from 'express';
import type { Capability, CapabilityAlias } from '../capabilities';
import { type ExternalCapability, queueOf } from '../capabilities/external-agents';
import { Nullable, StringEnum } from '../contract/scalars';

const closed = { additionalProperties: false } as const;
const Duration = Type.String({ description: 'as Temporal writes it, e.g. 10s' });

export const CapabilityListing = Type.Object(
  {
    name: Type.String(),
    aliases: Type.Array(Type.String(), { description: 'other names that patterns may use' }),
    summary: Type.String(),
    agent: Type.String(),
    task_queue: Type.String(),
    source: StringEnum(
      ['own', 'external'],
      'external: a file declares it, and a worker of another project serves it',
    ),
    args: Type.Unknown({ description: 'JSON Schema 2020-12 of the arguments' }),
    result: Type.Unknown({ description: 'JSON Schema 2020-12 of the result' }),
    effect: StringEnum(['none', 'write']),
    pure: Type.Boolean({ description: 'depends on arguments, pack and ledger commit alone' }),
    errors: Type.Array(Type.String(), { description: 'codes of its own, beside the table of errors' }),
    version: Type.String({ description: 'part of every digest of its results' }),
    policy: Type.Object(
      {
        start_to_close_timeout: Duration,
        maximum_attempts: Type.Integer(),
        initial_interval: Duration,
        backoff_coefficient: Type.Number(),
        maximum_interval: Duration,
      },
      closed,
    ),
    display_ttl_seconds: Nullable(
      Type.Integer({ description: 'how long a display may show it; null: always' }),
    ),
  },
  { ...closed, title: 'CapabilityListing' },
);
export type CapabilityListing = Static<typeof CapabilityListing>;

export const CapabilityList = Type.Object(
  { capabilities: Type.Array(CapabilityListing) },
  { ...closed, title: 'CapabilityList' },
);

/** The catalogue that patterns are checked against. */
export interface Capabilities {
  catalogue: Readonly<Record<string, Capability>>;
  aliases: readonly CapabilityAlias[];
}

/** By name. The catalogue does not change while the process lives, so neither does the answer. */
export function listCapabilities({ catalogue, aliases }: Capabilities): RequestHandler {
  const capabilities = Object.values(catalogue)
    .map((capability) => toListing(capability, aliases))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return (_req, res) => {
    res.json({ capabilities });
  };
}

/** How one is shown. */
export function toListing(
  capability: Capability | ExternalCapability,
  aliases: readonly CapabilityAlias[],
): CapabilityListing {
  const { name, summary, agent, args, result, effect, pure, version, policy, displayTtlSeconds } = capability;
  return {
    name,
    aliases: aliases.filter(({ alias_of }) => alias_of === name).map((alias) => alias.name),
    summary,
    agent,
    task_queue: queueOf(capability),
    source: 'source' in capability ? capability.source : 'own',
    args,
    result,
    effect,
    pure,
    errors: 'errors' in capability ? [...capability.errors] : [],
    version,
    policy: {
      start_to_close_timeout: policy.startToCloseTimeout,
      maximum_attempts: policy.maximumAttempts,
      initial_interval: policy.initialInterval,
      backoff_coefficient: policy.backoffCoefficient,
      maximum_interval: policy.maximumInterval,
    },
    display_ttl_seconds: displayTtlSeconds,
  };
}
