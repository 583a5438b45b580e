/** Random numbers that are the same on every machine for the same seed: xoshiro128** of Blackman and Vigna (2018). */

const { imul } = Math;

/**
 * @param seed 64 hexadecimal digits; the first 32 are the state
 * @returns the next number, 0 ≤ x < 1, with 32 random bits
 */
export function randomNumbers(seed: string): () => number {
  let [a, b, c, d] = [0, 8, 16, 24].map((at) => parseInt(seed.slice(at, at + 8), 16) | 0) as [
    number,
    number,
    number,
    number,
  ];
  // A state of zeros would stay so.
  if ((a | b | c | d) === 0) d = 1;
  return () => {
    const result = imul(rotate(imul(b, 5), 7), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotate(d, 11);
    return result / 4_294_967_296;
  };
}

function rotate(x: number, by: number): number {
  return (x << by) | (x >>> (32 - by));
}
