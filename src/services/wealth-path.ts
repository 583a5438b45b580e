/** The path that drawdowns are measured on: an index, or the returns chained from 1. */
import { EngineError } from '../contract/errors';
import type { Series } from './paired';

export interface WealthPath {
  /** The first value is the first peak. */
  wealth: number[];
  /** One for each value; `null` for the start of returns that have dates themselves. */
  dates?: (string | null)[];
  compounded: boolean;
  /** Whether the start is a point of the caller's (of an index, or dated), or only the 1 that returns start from. */
  hasStart: boolean;
}

export interface PathArguments {
  returns?: Series | undefined;
  index?: Series | undefined;
  dates?: readonly string[] | undefined;
  compounded?: boolean | undefined;
}

/**
 * Gaps (`null`) are left out with their dates. Returns may have one date each, or one more: that of the start first.
 * @throws EngineError ARGS_INVALID: both or none of returns and index, dates that do not fit or do not rise, a
 * negative value, or one larger than a double holds
 */
export function wealthPath({ returns, index, dates, compounded = true }: PathArguments): WealthPath {
  if ((returns === undefined) === (index === undefined)) {
    throw invalid('give either /returns or /index, one of them.');
  }
  if (dates) refuseDisorder(dates);
  const points = index ?? [1, ...(returns as Series)];
  const name = index ? 'index' : 'returns';
  const dated = datesOf(points.length, index === undefined, dates);
  const kept = points.flatMap((point, i) => (point === null ? [] : [{ point, date: dated?.[i] ?? null }]));
  const values = kept.map(({ point }) => point);
  const wealth = index ? values : accumulate(values, compounded);
  const endless = wealth.findIndex((value) => !Number.isFinite(value));
  if (endless !== -1) {
    throw invalid(
      `/${name} leads beyond every number at value ${String(endless + 1)}: give fractions, 0.05 for 5 %.`,
    );
  }
  const wrong = wealth.findIndex((value) => value < 0);
  if (wrong !== -1 && (index || compounded)) {
    throw invalid(
      `/${name} leads below zero at value ${String(wrong + 1)}: a drawdown needs values of 0 or more.`,
    );
  }
  return {
    wealth,
    ...(dated && { dates: kept.map(({ date }) => date) }),
    compounded,
    hasStart: index !== undefined || (dated !== undefined && dated[0] !== null),
  };
}

/** 1, then 1 + r chained, or the returns summed. */
function accumulate([start = 1, ...returns]: readonly number[], compounded: boolean): number[] {
  let value = start;
  return [start, ...returns.map((r) => (value = compounded ? value * (1 + r) : value + r))];
}

function datesOf(
  length: number,
  ofReturns: boolean,
  dates: readonly string[] | undefined,
): (string | null)[] | undefined {
  if (dates === undefined || dates.length === length) return dates && [...dates];
  if (ofReturns && dates.length === length - 1) return [null, ...dates];
  const allowed = ofReturns
    ? `${String(length - 1)}, or ${String(length)} with the start's first`
    : String(length);
  throw invalid(`/dates has ${String(dates.length)} days; needed: ${allowed}.`);
}

/** @throws EngineError ARGS_INVALID unless each day is later than the one before */
function refuseDisorder(dates: readonly string[]): void {
  const wrong = dates.findIndex((date, i) => i > 0 && date <= (dates[i - 1] as string));
  if (wrong === -1) return;
  const which = `${String(dates[wrong])} is not later than ${String(dates[wrong - 1])}`;
  throw invalid(`/dates/${String(wrong)}: ${which}; give the days in rising order, each once.`);
}

function invalid(message: string): EngineError {
  return new EngineError('ARGS_INVALID', message);
}
