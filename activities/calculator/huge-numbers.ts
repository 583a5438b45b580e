/** Decimal texts may be longer than any double: as one they would be Infinity, and every figure after them nonsense. */
import { refuse } from './returns-checks';

const decimal = /^-?[0-9]+(\.[0-9]+)?$/;
/** A double has at most so many digits before the point. */
const mostDigits = 308;

/** Looks through all arguments. @throws EngineError ARGS_INVALID naming the place */
export function refuseHugeNumbers(value: unknown, pointer = ''): void {
  if (typeof value === 'string') {
    if (value.length > mostDigits && decimal.test(value) && !Number.isFinite(Number(value)))
      refuse(pointer, 'is larger than a double holds; give it in a larger unit.');
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      if (typeof member !== 'number') refuseHugeNumbers(member, `${pointer}/${name}`);
    }
  }
}
