/** What a capability's page says of it before its arguments: agent, purity, policy, on what it rests, how it may fail. */
import type { Capability } from '../../src/capabilities';
import { type ExternalCapability, queueOf } from '../../src/capabilities/external-agents';
import { answersFromArguments, packParts, type PackPart, partsReadBy } from '../../src/rights/what-is-read';

/** Every call may end with these, whatever the capability; said once, at the top of the page. */
export const commonCodes: readonly string[] = [
  'ARGS_INVALID',
  'RESULT_INVALID',
  'LIMIT_EXCEEDED',
  'STEP_TIMED_OUT',
  'CIRCUIT_OPEN',
  'EXECUTION_CANCELLED',
  'INTERNAL',
];

const partWords: Readonly<Record<PackPart, string>> = {
  prices: 'prices and corporate actions',
  rates: 'exchange rates',
  indices: 'index levels',
  factors: 'factor returns',
  economy: 'economic series',
};

/** By name, or by the part before the dot. */
const asks: Readonly<Record<string, string>> = {
  'provider.fetch_quote': 'Polygon',
  'provider.fetch_macro': 'FRED',
  'provider.fetch_news': 'NewsAPI',
  'provider.fetch_ratios': 'FMP',
  'fundamentals.load': 'FMP',
  'corporate_actions.dividends': 'FMP',
  'corporate_actions.splits': 'FMP',
  'corporate_actions.earnings': 'FMP',
  'news.search': 'NewsAPI',
  ai: 'Anthropic',
  claude: 'Anthropic',
};

export function factsOf(capability: Capability | ExternalCapability): string {
  const { agent, pure, effect, policy } = capability;
  return [
    'source' in capability
      ? `agent \`${agent}\` of another project, on the queue \`${queueOf(capability)}\``
      : `agent \`${agent}\``,
    pure ? 'pure' : 'not pure',
    `effect ${effect}`,
    `${policy.startToCloseTimeout} an attempt, ${String(policy.maximumAttempts)} attempts`,
  ].join(' · ');
}

/** @param source what the recorded call said it was answered from */
export function readsOf({ name, agent, args, reads }: Capability, source: string | null): string {
  const takes = args as { properties?: Record<string, unknown> };
  const provider = asks[name] ?? asks[name.slice(0, name.indexOf('.'))];
  const isOfPortfolio = Object.hasOwn(takes.properties ?? {}, 'portfolio_id');
  const isOfPack =
    Object.hasOwn(takes.properties ?? {}, 'pack_id') || source?.startsWith('pricing_pack:') === true;
  const from = answersFromArguments(name, agent)
    ? [isOfPack ? 'its arguments, and of the pricing pack whose data are in it' : 'nothing but its arguments']
    : [
        ...(provider === undefined ? [] : [`${provider}, see [providers.md](providers.md)`]),
        ...(isOfPack ? [`of the pricing pack: ${packWords(partsReadBy(name))}`] : []),
        ...(isOfPortfolio ? ['the portfolio’s ledger at the context’s commit'] : []),
      ];
  const context =
    reads.length === 0 ? [] : [`of the context: ${reads.map((member) => `\`${member}\``).join(', ')}`];
  const all = [...from, ...context];
  return all.length === 0 ? '' : `**Reads** ${all.join('; ')}.`;
}

function packWords(parts: readonly PackPart[]): string {
  return parts.length === packParts.length ? 'any of it' : parts.map((part) => partWords[part]).join(', ');
}

export function failsWith(codes: readonly string[]): string {
  const own = codes.filter((code) => !commonCodes.includes(code));
  if (own.length === 0) return '**Errors** those of every call.';
  return `**Errors** ${own.map((code) => `\`${code}\``).join(', ')}.`;
}
