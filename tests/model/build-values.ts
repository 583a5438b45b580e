/** Values, conditions and scripts of generated programs, made from plain numbers; 0 always gives the simplest. */

/** A name that a step may refer to. */
export interface Seen {
  /** Without braces, e.g. `state.s1.value`. */
  path: string;
  kind: 'number' | 'list' | 'any' | 'name';
  /** The step itself, for `state.x != null`. */
  step: string | null;
}

/** Gives the raw numbers of a step one after another. */
export interface Dice {
  /** 0 to n - 1. */
  below(n: number): number;
  /** True in so many of a hundred cases, and never where the raw number is 0. */
  chance(percent: number): boolean;
  pick<T>(from: readonly T[]): T;
}

export function openDice(raw: readonly number[]): Dice {
  let at = 0;
  const next = (): number => raw[at++] ?? 0;
  return {
    below: (n) => next() % n,
    chance: (percent) => {
      const value = next();
      return value > 0 && value % 100 < percent;
    },
    pick: (from) => from[next() % from.length] as (typeof from)[number],
  };
}

const literals = [1, 2, 3, 5, 'a', 'text'] as const;

export function valueFrom(dice: Dice, seen: readonly Seen[]): unknown {
  const one = (): string => seen[dice.below(seen.length)]?.path ?? 'inputs.n';
  switch (dice.below(10)) {
    case 0:
    case 1:
      return dice.pick(literals);
    case 2:
    case 3:
    case 4:
    case 5:
      return `{{${one()}}}`;
    case 6: {
      const numbers = seen.filter(({ kind }) => kind === 'number');
      return `n={{${numbers[dice.below(numbers.length || 1)]?.path ?? 'inputs.n'}}} \\{{x}}`;
    }
    case 7:
      return { a: `{{${one()}}}`, b: [`{{${one()}}}`, 1] };
    case 8:
      return `{{ inputs.m }}`;
    default:
      return [1, 2, `{{${one()}}}`];
  }
}

export function listFrom(dice: Dice, seen: readonly Seen[]): unknown {
  const lists = seen.filter(({ kind }) => kind === 'list');
  switch (dice.below(6)) {
    case 0:
      return [1, 2];
    case 1:
      return lists.length > 0 ? `{{${lists[dice.below(lists.length)]?.path ?? ''}}}` : [3];
    case 2:
      return Array.from({ length: dice.below(6) }, (_, i) => i);
    case 3:
      return [1, `{{${seen[dice.below(seen.length || 1)]?.path ?? 'inputs.n'}}}`, 3];
    case 4:
      return [];
    default:
      return [4, 1, 3];
  }
}

export function conditionFrom(dice: Dice, seen: readonly Seen[]): string {
  const numbers = seen.filter(({ kind }) => kind === 'number');
  const number = numbers[dice.below(numbers.length || 1)]?.path ?? 'inputs.n';
  const steps = [...new Set(seen.flatMap(({ step }) => step ?? []))];
  const step = steps[dice.below(steps.length || 1)];
  const any = seen.find((one) => one.step === step && one.kind === 'any')?.path ?? number;
  const about = [
    `${number} > ${String(dice.below(4))}`,
    `${number} == ${String(dice.below(4))} || inputs.n > 2`,
    'inputs.n > 100',
    `!(${number} < 2)`,
    ...(step === undefined
      ? []
      : [
          `state.${step} != null`,
          `state.${step} == null`,
          `steps.${step}.status == "success"`,
          `steps.${step}.status != "skipped" && steps.${step}.attempts > 0`,
          `steps.${step}.error == null`,
          `state.${step} != null && ${any} != 2`,
          `${any} == 1`,
          // Has no value where what it names is missing or a text.
          `${any} > 0`,
        ]),
  ];
  return about[dice.below(about.length)] ?? 'true';
}

export function computeFrom(dice: Dice, seen: readonly Seen[]): { source: string; kind: Seen['kind'] } {
  const numbers = seen.filter(({ kind }) => kind === 'number');
  const number = (): string => numbers[dice.below(numbers.length || 1)]?.path ?? 'inputs.n';
  const lists = seen.filter(({ kind }) => kind === 'list');
  const list = lists[dice.below(lists.length || 1)]?.path ?? '[1, 2]';
  switch (dice.below(6)) {
    case 0:
      return { source: `${number()} + 1`, kind: 'number' };
    case 1:
      return { source: `${number()} * 2 + ${number()}`, kind: 'number' };
    case 2:
      return { source: `[${number()}, 2, 3]`, kind: 'list' };
    case 3:
      return { source: `size(${list})`, kind: 'number' };
    case 4:
      return { source: seen[dice.below(seen.length || 1)]?.path ?? '7', kind: 'any' };
    default:
      return { source: `${number()} > 2`, kind: 'any' };
  }
}

const repeated = (deed: string): string[] => Array.from({ length: 9 }, () => deed);

/** What the attempts of a call do. `calm`: nothing fails for good. */
export function scriptFrom(dice: Dice, { writes, calm }: { writes: boolean; calm: boolean }): string[] {
  const harmless = [[], [], [], ['fail:RATE_LIMITED'], ['fail:RATE_LIMITED', 'fail:RATE_LIMITED']];
  const harmful = [
    ['fail:DATA_MISSING'],
    ['fail:PROVIDER_REFUSED'],
    repeated('fail:RATE_LIMITED'),
    ['fail:RATE_LIMITED', 'fail:DATA_MISSING'],
  ];
  const writing = [['fail_after:RATE_LIMITED']];
  const writingBadly = [repeated('fail_after:RATE_LIMITED'), ['fail:DATA_MISSING']];
  const all = [
    ...harmless,
    ...(writes ? writing : []),
    ...(calm ? [] : [...harmful, ...(writes ? writingBadly : [])]),
  ];
  return all[dice.below(all.length)] ?? [];
}
