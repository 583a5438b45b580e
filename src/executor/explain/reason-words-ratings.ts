/** Why a figure of a company, or a rating of it, is not available, in words. */

export const ratingReasonWords = {
  NO_STATEMENTS: {
    words: 'No annual statement of the company had been filed by that day, as far as the provider says.',
    next: 'Read `left_out` beside it for what was filed later, or ask on a later day.',
  },
  FILED_LATER: {
    words: 'The statement was filed after the run’s day, so it was not known then.',
    next: 'Ask on a later day.',
  },
  FILING_DATE_NOT_GIVEN: {
    words: 'The provider does not say when the statement was filed, so nobody knows when it became known.',
    next: 'Read the other years.',
  },
  GAP_BEFORE: {
    words: 'A fiscal year between this statement and the newer ones is missing.',
    next: 'Read the newer years.',
  },
  SHORT_YEAR: {
    words:
      'The statement is of less than a year, as after a changed year-end, so its figures are none of a year.',
    next: 'Read the newer years.',
  },
  NOT_A_COMPANY: {
    words: 'A fund or an index files no statements of a company.',
    next: 'Nothing is missing.',
  },
  NOT_A_US_TICKER: {
    words:
      'The provider knows companies by their US tickers, and this security trades in another currency: its ticker may be that of another company.',
    next: 'Give the security a symbol with its exchange, such as RY.TO.',
  },
  TOO_FEW_YEARS: {
    words: 'Fewer fiscal years in a row are known than the figure needs.',
    next: 'Ask on a later day, when another year has been filed.',
  },
  LOSS_YEAR: {
    words: 'The company made a loss in one of the years, of which nothing can be a share.',
    next: 'Read the other figures; leaving that year out would flatter the company.',
  },
  NO_DIVIDENDS: {
    words: 'The company pays no dividend, so there is none that could be safe.',
    next: 'Nothing is missing.',
  },
  NO_EQUITY: {
    words:
      'The company owes more than it owns: its equity is not above zero, so nothing can be a multiple of it.',
    next: 'Read its debt and cash instead.',
  },
  NO_INTEREST_EXPENSE: {
    words: 'The company has no debt and pays no interest, so there is nothing to cover.',
    next: 'Nothing is missing.',
  },
  NO_GROWTH: {
    words: 'Revenue did not grow over the years, so its variation relative to the growth has no meaning.',
    next: 'Look at the revenue of the single years.',
  },
  NEEDS_JUDGEMENT: {
    words: 'No statement tells it: somebody has to judge.',
    next: 'Give your own judgement in the argument `switching_costs`, from 0 to 10.',
  },
  CURRENCY_CHANGED: {
    words: 'The company reported in different currencies, so the amounts of its years cannot be compared.',
    next: 'Ask on a later day, when the years in the new currency are enough.',
  },
  THRESHOLD_CURRENCY: {
    words: 'The rubric’s threshold is an amount of US dollars, and the company reports in another currency.',
    next: 'Read the amount itself.',
  },
  WITHHELD: {
    words: 'The whole that it would be a part of is not available.',
    next: 'Read the reason of the whole.',
  },
  NO_WEIGHTS: {
    words:
      'Several companies were named without holdings, or a holding’s value is negative, so nothing says how much each weighs.',
    next: 'Give the positions, or ask of one company.',
  },
} as const;
