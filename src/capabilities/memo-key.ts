/** Under which key a result is remembered: everything it depends on, and nothing else. */
import { digest } from '../canonical';
import type { RequestContext } from '../contract/request-context';
import type { Capability } from './capability';

/** @param argsDigest `digest` of the arguments */
export function memoKey(
  { name, version, reads }: Pick<Capability, 'name' | 'version' | 'reads'>,
  argsDigest: string,
  ctx: RequestContext,
): string {
  return digest({
    capability: name,
    version,
    args: argsDigest,
    pricing_pack_id: ctx.pricing_pack_id,
    ledger_commit_hash: ctx.ledger_commit_hash,
    reads: Object.fromEntries(reads.map((member) => [member, ctx[member]])),
  });
}
