/** Why a figure is not available, in words: what each reason code means and what would make the figure available. */
import { ratingReasonWords } from './reason-words-ratings';

export interface ReasonWords {
  words: string;
  next: string;
}

const moreHistory = 'Ask over a longer period, or at a later pack.';
const anotherDay =
  'Ask at a pack that has the quote, or publish it with `dawsos correct`: a line such as `2013-02-28,ACME,2.80` in its file adds the price of a known security that the pack lacks.';

export const reasonWords: Readonly<Record<string, ReasonWords>> = {
  ...ratingReasonWords,
  NO_QUOTE: {
    words: 'The pricing pack has no price or exchange rate for it on that day.',
    next: anotherDay,
  },
  BEFORE_FIRST_QUOTE: {
    words: 'All quotes there are were published later; a pack does not look into the future.',
    next: 'Ask at a later pack.',
  },
  PRICE_CURRENCY_MISMATCH: {
    words: 'The price is quoted in another currency than the position is held in.',
    next: 'Compare the currency of the security with that of its lots in the ledger.',
  },
  MIXED_CURRENCIES: {
    words: 'The lots were bought in several currencies, so their local costs cannot be added up.',
    next: 'Read the cost in the base currency.',
  },
  ZERO_TOTAL: {
    words: 'The total is zero, so nothing can be a fraction of it.',
    next: 'Ask on a day on which something is held.',
  },
  NOT_APPLICABLE: {
    words: 'This kind of row has no such figure: cash has no lots and so no cost.',
    next: 'Nothing is missing.',
  },
  TOO_FEW_OBSERVATIONS: {
    words: 'There are fewer valued days or values in the period than the measure needs.',
    next: moreHistory,
  },
  FEW_OBSERVATIONS: {
    words: 'There are so few observations that the figure would say little.',
    next: moreHistory,
  },
  TOO_FEW_FLOWS: {
    words: 'A rate of return needs at least two flows, and there are fewer.',
    next: 'Ask over a period in which something was paid in, or give the opening value.',
  },
  ONE_DATE: { words: 'Everything is on one day, so there is no time to measure over.', next: moreHistory },
  ONE_SIGN: {
    words: 'All flows go in one direction, so no rate makes them balance.',
    next: 'Ask over a period with an end value, or with both payments and withdrawals.',
  },
  NO_ROOT: {
    words: 'No rate above −100 % solves it, or the number is larger than can be held.',
    next: 'Look at the flows and values: one of them is probably far out.',
  },
  TOTAL_LOSS: {
    words: 'Everything was lost on a day of the period, and what follows cannot be linked to it.',
    next: 'Ask over a period that begins after that day.',
  },
  ZERO_START: {
    words: 'There is no positive capital at the start, so no return on it.',
    next: 'Ask over a period that begins when something is held.',
  },
  GAIN_WITHOUT_CAPITAL: {
    words: 'There was a gain while nothing was invested.',
    next: 'Look at the ledger entries of that day.',
  },
  ZERO_DEVIATION: {
    words: 'The returns do not vary, so nothing can be divided by their deviation.',
    next: moreHistory,
  },
  NOT_RECOVERED: {
    words: 'The fall lasts: the value has not been back at its peak since.',
    next: 'Ask again at a later pack.',
  },
  NO_BENCHMARK: {
    words: 'The portfolio has no benchmark, and none was named.',
    next: 'Name one in the argument `benchmark`, by its symbol.',
  },
  EMPTY_TAIL: { words: 'No return lies beyond the threshold.', next: moreHistory },
  MISSING_INPUT: {
    words: 'Something it is computed from is not there, fundamentals of a company say.',
    next: 'Read the other reasons and `missing` beside it for what is absent, and supply that.',
  },
  PERIOD_UNDER_ONE_YEAR: {
    words: 'The period is shorter than a year; GIPS does not annualise such a return.',
    next: 'Read the return of the period itself, or ask over a year or more.',
  },
  PERIOD_BEFORE_INCEPTION: {
    words: 'The period begins before the portfolio does; a shorter one under its name would mislead.',
    next: 'Read the figure since inception.',
  },
  NO_HOLDINGS: { words: 'Nothing is held.', next: 'Ask on a day on which something is held.' },
  NOT_ENOUGH_LOTS: {
    words: 'More was sold than was held.',
    next: 'Correct the ledger and import it again.',
  },
  PARTIAL_SPLIT: {
    words: 'A split changed some lots and left others as they were, so it cannot be replayed on other lots.',
    next: 'Read the figures as the ledger booked them, or correct the split in the ledger.',
  },
  NOT_ASKED: { words: 'Nobody asked for it.', next: 'Ask again, with it.' },
  NOT_CLASSIFIED: {
    words: 'The security master names no sector for it.',
    next: 'Have the sector added to the security.',
  },
  NOT_HELD: {
    words: 'Nothing of it is held on that day.',
    next: 'Ask on a day on which it is held.',
  },
  NO_SALE_PRICE: {
    words:
      'The ledger gives no price for the sale, and its cash does not tell which part of it the sale brought.',
    next: 'Add the price to the entry in the ledger and import it again.',
  },
  NOT_DECLARED: {
    words: 'The packs know of no such dividend or split.',
    next: 'Compare the entry of the ledger with what the company announced.',
  },
  NOT_RECEIVED: {
    words: 'It was declared and is due, but the ledger has no entry for it.',
    next: 'Look whether the entry is missing in the ledger.',
  },
  NOT_YET_DUE: { words: 'Its day has not come yet.', next: 'Ask at a later pack.' },
  NOT_YET_PAID: {
    words: 'It has been declared, and its pay date has not come yet.',
    next: 'Ask at a later pack.',
  },
  TAX_NOT_ATTRIBUTED: {
    words: 'The entry withholds tax from several payments, and does not say how much from which.',
    next: 'Write one entry for each payment in the ledger.',
  },
  SINGULAR: {
    words: 'Some of the series are combinations of the others, so the effects cannot be told apart.',
    next: 'Leave one of them out, or ask over a longer period.',
  },
  STALE: {
    words: 'The latest value is so old that the next one is overdue.',
    next: 'Ask at an earlier pack, or have newer values of the series read in.',
  },
  NO_PHASE_FITS: {
    words: 'What is known speaks against every phase of the cycle.',
    next: 'Read the scores of the phases beside it.',
  },
  NO_PROBABILITY: {
    words: 'Nobody stated how probable the scenario is, or its shocks were changed.',
    next: 'Ask for a scenario of the library as it stands; for a deleveraging, in a phase in which one is under way.',
  },
  NOTHING_TO_HEDGE: {
    words: 'No factor loses so much that a hedge is worth its cost.',
    next: 'Nothing is missing.',
  },
  NO_INSTRUMENT: {
    words: 'None of the known instruments gains from what loses.',
    next: 'Reduce the position itself.',
  },
  NO_ACTION: {
    words: 'The playbook has nothing to do in this phase, or nothing of it is held.',
    next: 'Nothing is missing.',
  },
  OVER_COST_LIMIT: {
    words: 'The limit on costs is used up by hedges of larger losses, or allows none.',
    next: 'Raise `max_cost_bps`.',
  },
  KEY_MISSING: {
    words: 'The provider of it needs a key, and none is set where the worker runs.',
    next: 'Set the key’s variable (docs/providers.md) and start the worker again.',
  },
  NOT_GIVEN: { words: 'The provider does not give it.', next: 'Nothing can be done here.' },
  NO_OPINION_WORDS: {
    words: 'No word that the sentiment counts stands in the article.',
    next: 'Read the article: counting words has nothing to say of it.',
  },
  NO_NEWS: {
    words: 'No article of the window is about what is held.',
    next: 'Look back over more hours.',
  },
  MODEL_REFUSED: {
    words: 'The language model declined to answer.',
    next: 'Look at the request and the data it was given.',
  },
  EMPTY_ANSWER: { words: 'The language model answered without a text.', next: 'Ask again.' },
  TOO_LARGE: {
    words: 'The data is longer than a language model is given here.',
    next: 'Give it the part that matters.',
  },
  INFEASIBLE: { words: 'No solution meets all constraints at once.', next: 'Loosen one of them.' },
  UNIT_DIFFERS: {
    words: 'The value is in another unit than the alert’s threshold, so the two cannot be compared.',
    next: 'Change the alert: state its threshold in the unit that the value has.',
  },
  NO_EARLIER_PACK: {
    words: 'There is no fresh pricing pack as early as the change is measured from.',
    next: 'Measure over fewer days, or ask at a later pack.',
  },
  UNKNOWN_SECURITY: {
    words: 'No security has this id.',
    next: 'List them with `dawsos securities`, and change the alert.',
  },
  NOT_ANSWERED: {
    words: 'No agent here answers what the value comes from.',
    next: 'Run a worker of a version that does; `dawsos capabilities` lists what there is.',
  },
};

/** The meaning of a code; one that is not listed still says where to look. */
export function wordsOf(code: string): ReasonWords {
  return (
    (Object.hasOwn(reasonWords, code) ? reasonWords[code] : undefined) ?? {
      words: `The capability gives the reason ${code}.`,
      next: 'See what the capability says of it in docs/capabilities.md.',
    }
  );
}
