/** The part of the request context that a handler may read: what its contract declares, and what every key of memory has. */
import { alwaysReadable, type Capability, type ReadableMember } from '../src/capabilities';
import { EngineError } from '../src/contract/errors';
import type { RequestContext } from '../src/contract/request-context';

/**
 * A frozen copy without the rest. A result that depended on an undeclared member would be remembered under a key that does
 * not cover it, so reading one throws EngineError INTERNAL, for handlers that the compiler did not see.
 */
export function visibleContext(
  { name, reads }: Pick<Capability, 'name' | 'reads'>,
  ctx: RequestContext,
): RequestContext {
  const readable: ReadonlySet<string> = new Set<ReadableMember>([...alwaysReadable, ...reads]);
  const visible = {};
  for (const [member, value] of Object.entries(ctx)) {
    const descriptor = readable.has(member)
      ? { value, enumerable: true }
      : {
          get: (): never => {
            throw new EngineError(
              'INTERNAL',
              `${name} reads ctx.${member}, which its contract does not declare in \`reads\``,
            );
          },
        };
    Object.defineProperty(visible, member, descriptor);
  }
  return Object.freeze(visible) as RequestContext;
}
