/** Timing: latencies of one call after the other, or of many callers at once. */

export interface Sample {
  /** Milliseconds, one for each call. */
  latencies: number[];
  /** Calls finished in a second. */
  throughput: number;
}

/** `callers` of them call again and again until `calls` are done. */
export async function measure(call: () => Promise<unknown>, calls: number, callers: number): Promise<Sample> {
  const latencies: number[] = [];
  let left = calls;
  const started = performance.now();
  const caller = async (): Promise<void> => {
    while (left-- > 0) {
      const begun = performance.now();
      await call();
      latencies.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return { latencies, throughput: (calls / (performance.now() - started)) * 1000 };
}

/** The value below which a share of the values lie (nearest rank). */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}
