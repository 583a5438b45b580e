/** Where a portfolio is invested: its value by sector of the security master, with cash and what has no sector apart. */
import { Decimal, decimalText, roundMoney, sum } from './decimal';
import type { ReasonCodes } from './holdings';

export interface AllocatedPosition {
  symbol: string;
  asset_class: 'equity' | 'fund' | 'cash';
  security_id: string | null;
  /** In base currency; `null`: not known. */
  value: string | null;
  reasons: ReasonCodes;
}

export interface SectorRow {
  kind: 'sector' | 'not_classified' | 'cash';
  /** `null` for cash and for what is not classified. */
  sector: string | null;
  symbols: string[];
  value: string | null;
  /** Fraction of the total value. */
  weight: number | null;
  reasons: ReasonCodes;
}

export interface SectorAllocation {
  /** Sectors by value, the largest first; then what is not classified, then cash. */
  sectors: SectorRow[];
  total_value: string | null;
  /** Of the positions that have a value. */
  total_of_valued: string;
  /** Symbols of the others. */
  missing: string[];
  reasons: ReasonCodes;
}

/**
 * Exact sums, rounded once. A position without a value leaves the value of its row, every weight and the total `null`, with
 * the position's reason; `ZERO_TOTAL`: there is nothing to be a fraction of; `NOT_CLASSIFIED`: a security without a sector;
 * `NOT_APPLICABLE`: the sector of cash.
 */
export function allocateBySector(
  positions: readonly AllocatedPosition[],
  sectorOf: ReadonlyMap<string, string | null>,
): SectorAllocation {
  const groups = new Map<string, AllocatedPosition[]>();
  for (const position of positions) {
    const key = groupOf(position, sectorOf);
    groups.set(key, [...(groups.get(key) ?? []), position]);
  }
  const valued = positions.flatMap(({ value }) => (value === null ? [] : [new Decimal(value)]));
  const total = sum(valued);
  const unvalued = positions.filter(({ value }) => value === null);
  const code = unvalued[0] ? reasonOf(unvalued[0]) : undefined;
  const noWeight = code ?? (total.isZero() ? 'ZERO_TOTAL' : undefined);
  return {
    sectors: [...groups].map(([key, members]) => rowOf(key, members, total, noWeight)).sort(inOrder),
    total_value: code === undefined ? decimalText(roundMoney(total)) : null,
    total_of_valued: decimalText(roundMoney(total)),
    missing: unvalued.map(({ symbol }) => symbol),
    reasons: code === undefined ? {} : { total_value: code },
  };
}

/** No sector is called so. */
const [cash, notClassified] = ['\u0000cash', '\u0000not classified'];

function groupOf(
  { asset_class, security_id }: AllocatedPosition,
  sectorOf: ReadonlyMap<string, string | null>,
): string {
  if (asset_class === 'cash') return cash;
  return sectorOf.get(security_id ?? '') ?? notClassified;
}

function rowOf(
  key: string,
  members: readonly AllocatedPosition[],
  total: Decimal,
  noWeight: string | undefined,
): SectorRow {
  const kind = key === cash ? 'cash' : key === notClassified ? 'not_classified' : 'sector';
  const unvalued = members.find(({ value }) => value === null);
  const value = unvalued ? null : sum(members.map((one) => new Decimal(one.value as string)));
  return {
    kind,
    sector: kind === 'sector' ? key : null,
    symbols: members.map(({ symbol }) => symbol).sort(),
    value: value && decimalText(roundMoney(value)),
    weight: noWeight === undefined && value ? value.div(total).toNumber() : null,
    reasons: {
      ...(kind !== 'sector' && { sector: kind === 'cash' ? 'NOT_APPLICABLE' : 'NOT_CLASSIFIED' }),
      ...(unvalued && { value: reasonOf(unvalued) }),
      ...(noWeight !== undefined && { weight: noWeight }),
    },
  };
}

function reasonOf({ reasons }: AllocatedPosition): string {
  return reasons['value'] ?? 'MISSING_INPUT';
}

const kinds = ['sector', 'not_classified', 'cash'];

function inOrder(a: SectorRow, b: SectorRow): number {
  const byKind = kinds.indexOf(a.kind) - kinds.indexOf(b.kind);
  if (byKind !== 0) return byKind;
  const byValue = new Decimal(b.value ?? 0).cmp(a.value ?? 0);
  return byValue === 0 ? ((a.sector ?? '') < (b.sector ?? '') ? -1 : 1) : byValue;
}
