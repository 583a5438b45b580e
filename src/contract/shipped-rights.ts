/** The rights that the shipped patterns ask for, and what each allows. A pattern may name others. */
export const shippedRights = {
  portfolio_read: 'see own portfolios: holdings, values, performance',
  position_read: 'see single holdings of them',
  portfolio_write: 'ask for trades to be proposed',
  macro_data_read: 'see economic series and what follows from them',
  scenario_analysis: 'run scenarios on portfolios',
  fundamentals_read: 'see figures and ratings of companies',
  news_read: 'see news about holdings',
  export_pdf: 'take results away as PDF',
  export_csv: 'take results away as CSV or JSON',
} as const;

/** What a token of the embedded profile has unless other rights are named. */
export const embeddedRights = Object.keys(shippedRights);
