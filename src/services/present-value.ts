/**
 * Present value of dated amounts as a function of x = ln(1 + r): f(x) = Σ aᵢ·e^(−x·tᵢ), tᵢ in years.
 * In x no rate down to −1 or up to any size is out of reach, and Newton's steps stay tame.
 */

/** Amounts by time, earliest first: one amount for each time, none of 0, the first at time 0. */
export interface TimedAmounts {
  times: Float64Array;
  amounts: Float64Array;
}

/** Brings amounts into the order of time, adds up what falls on one time and leaves out what adds up to 0. */
export function timedAmounts(flows: readonly { time: number; amount: number }[]): TimedAmounts {
  const sorted = flows.filter(({ amount }) => amount !== 0).sort((a, b) => a.time - b.time);
  const times: number[] = [];
  const amounts: number[] = [];
  for (const { time, amount } of sorted) {
    if (times.at(-1) === time) amounts[amounts.length - 1] = (amounts.at(-1) as number) + amount;
    else {
      times.push(time);
      amounts.push(amount);
    }
  }
  const kept = times.map((_, index) => index).filter((index) => amounts[index] !== 0);
  const start = times[kept[0] ?? 0] ?? 0;
  return {
    times: Float64Array.from(kept, (index) => (times[index] as number) - start),
    amounts: Float64Array.from(kept, (index) => amounts[index] as number),
  };
}

/** f(x), in the amounts' unit. */
export function presentValue({ times, amounts }: TimedAmounts, x: number): number {
  let sum = 0;
  for (let index = 0; index < times.length; index++)
    sum += (amounts[index] as number) * Math.exp(-x * (times[index] as number));
  return sum;
}

/**
 * [g, g′, h] with g = f·e^(−m), the largest exponent m taken out so that nothing overflows: g has f's sign and roots.
 * h is Σ|aᵢ|·e^(−x·tᵢ−m), the size against which g is small.
 */
export function scaledValue({ times, amounts }: TimedAmounts, x: number): [number, number, number] {
  const last = times.length - 1;
  const most = x < 0 ? -x * (times[last] as number) : 0;
  let [value, slope, size] = [0, 0, 0];
  for (let index = 0; index <= last; index++) {
    const time = times[index] as number;
    const term = (amounts[index] as number) * Math.exp(-x * time - most);
    value += term;
    slope -= time * term;
    size += Math.abs(term);
  }
  return [value, slope, size];
}

/**
 * How often the running sums of the discounted amounts change sign: from the earliest on for roots above x (direction 1), from
 * the latest back for roots below. As many roots lie there at most, and their number is odd where that is.
 */
export function sumChanges({ times, amounts }: TimedAmounts, x: number, direction: 1 | -1): number {
  const last = times.length - 1;
  const most = x < 0 ? -x * (times[last] as number) : 0;
  let [sum, changes, sign] = [0, 0, 0];
  for (let step = 0; step <= last; step++) {
    const index = direction > 0 ? step : last - step;
    sum += (amounts[index] as number) * Math.exp(-x * (times[index] as number) - most);
    const next = Math.sign(sum);
    if (next === 0) continue;
    if (sign !== 0 && next !== sign) changes += 1;
    sign = next;
  }
  return changes;
}
