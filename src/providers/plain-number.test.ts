/** Decimals have no powers of ten. */
import { plainNumber } from './plain-number';

it.each([
  [270.25, '270.25'],
  [1e-7, '0.0000001'],
  [1.5e21, '1500000000000000000000'],
  [0, '0'],
  [-3.5, '-3.5'],
])('writes %d without a power of ten', (value, text) => {
  expect(plainNumber(value)).toBe(text);
});
