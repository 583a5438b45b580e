/** Asking a part how it stands: whoever asks for health shall not wait for the sick. */

/** A part that takes longer is reported as away. */
export const patienceMs = 2000;

/** `undefined` when it failed or took too long. */
export async function attempt<T>(ask: () => Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, patienceMs, undefined);
  });
  try {
    return await Promise.race([ask(), late]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
