/** Whose data may be shown, written into a PDF or a CSV, and handed on: the register, as versioned data. What it does not name is allowed nothing. */

/** `csv` covers JSON too: both are the numbers themselves. `redistribute`: to hand the data on to others, as they came. */
export const dataRights = ['display', 'pdf', 'csv', 'redistribute'] as const;
export type DataRight = (typeof dataRights)[number];

export interface ProviderRights {
  /** As messages and attributions name it. */
  name: string;
  /** How stored sources call it: a source is the provider's when it is one of these, or goes on after it (`ECB euro …`). */
  known_as: readonly string[];
  rights: Readonly<Record<DataRight, boolean>>;
  /** To be printed in everything that holds its data; `null`: nothing is asked for. */
  attribution: { text: string; link: string | null } | null;
  /** On what the entry rests: what somebody has to know before relying on it. */
  terms: string;
}

/** Raise it with every change below: it is named in each export. */
export const registerVersion = '2';

const everything = { display: true, pdf: true, csv: true, redistribute: true };
const notOnward = { ...everything, redistribute: false };
const displayOnly = { display: true, pdf: false, csv: false, redistribute: false };

export const providerRights: readonly ProviderRights[] = [
  {
    name: 'Manual',
    known_as: ['Manual', 'ledger'],
    rights: everything,
    attribution: null,
    terms: 'The user’s own ledger and inputs.',
  },
  {
    name: 'Quandl WIKI',
    known_as: ['Quandl WIKI'],
    rights: everything,
    attribution: { text: 'Prices: Quandl WIKI Prices', link: 'https://data.nasdaq.com/databases/WIKIP' },
    terms: 'Declared public domain by its publisher.',
  },
  {
    name: 'European Central Bank',
    known_as: ['ECB', 'European Central Bank'],
    rights: everything,
    attribution: { text: 'Source: ECB statistics', link: 'https://data.ecb.europa.eu' },
    terms: 'Free re-use when the source is named and the statistics are not modified.',
  },
  {
    name: 'Kenneth R. French Data Library',
    known_as: ['K. R. French data library'],
    rights: notOnward,
    attribution: {
      text: 'Factor returns: Kenneth R. French, Data Library',
      link: 'https://mba.tuck.dartmouth.edu/pages/faculty/ken.french/data_library.html',
    },
    terms: 'To be cited; figures made with it may be kept, the series is not handed on.',
  },
  {
    name: 'S&P Dow Jones Indices',
    known_as: ['index SP500', 'index SPX', 'index SPXT', 'S&P'],
    rights: displayOnly,
    attribution: {
      text: 'Index values © S&P Dow Jones Indices',
      link: 'https://www.spglobal.com/spdji/en/',
    },
    terms: 'Needs a licence to be taken away; the demo holds it for testing and as an example only.',
  },
  {
    name: 'US government',
    known_as: [
      'US Treasury',
      'US Bureau of Labor Statistics',
      'US Bureau of Economic Analysis',
      'Board of Governors of the Federal Reserve System',
    ],
    rights: everything,
    attribution: {
      text: 'Economic data: US Treasury, Bureau of Labor Statistics, Bureau of Economic Analysis, Federal Reserve Board',
      link: null,
    },
    terms: 'Works of the US government are in the public domain.',
  },
  {
    name: 'FRED',
    known_as: ['FRED'],
    rights: everything,
    attribution: {
      text: 'Source: FRED, Federal Reserve Bank of St. Louis; not endorsed or certified by it',
      link: 'https://fred.stlouisfed.org',
    },
    terms: 'Series that FRED has from others keep the terms of their owners, and are named after them here.',
  },
  {
    name: 'Moody’s',
    known_as: ['Moody’s', "Moody's"],
    rights: displayOnly,
    attribution: { text: 'Corporate bond yields © Moody’s', link: 'https://www.moodys.com' },
    terms: 'Needs a licence to be taken away; the demo holds it as an example only.',
  },
  {
    name: 'World Bank',
    known_as: ['World Bank'],
    rights: everything,
    attribution: { text: 'Source: World Bank, CC BY 4.0', link: 'https://data.worldbank.org' },
    terms: 'Creative Commons Attribution 4.0.',
  },
  ...ownersBehindFred([
    ['ICE Data Indices', 'https://www.theice.com'],
    ['Cboe', 'https://www.cboe.com'],
    ['Nasdaq', 'https://indexes.nasdaq.com'],
    ['University of Michigan', 'https://data.sca.isr.umich.edu'],
  ]),
  {
    name: 'Polygon',
    known_as: ['Polygon', 'Polygon.io'],
    rights: notOnward,
    attribution: { text: 'Market data: Polygon.io', link: 'https://polygon.io' },
    terms: 'As far as the plan that was subscribed to goes: check it before sending a report to anybody.',
  },
  {
    name: 'Financial Modeling Prep',
    known_as: ['FMP', 'Financial Modeling Prep'],
    rights: notOnward,
    attribution: {
      text: 'Fundamentals: Financial Modeling Prep',
      link: 'https://site.financialmodelingprep.com',
    },
    terms: 'As far as the plan that was subscribed to goes: check it before sending a report to anybody.',
  },
  {
    name: 'NewsAPI',
    known_as: ['NewsAPI', 'News API'],
    rights: displayOnly,
    attribution: { text: 'News: NewsAPI.org', link: 'https://newsapi.org' },
    terms: 'Headlines may be taken away with a Business plan only.',
  },
  {
    name: 'Alpha Vantage',
    known_as: ['AlphaVantage', 'Alpha Vantage'],
    rights: displayOnly,
    attribution: { text: 'Market data: Alpha Vantage', link: 'https://www.alphavantage.co' },
    terms: 'For display only without an agreement.',
  },
  {
    name: 'Yahoo Finance',
    known_as: ['YahooFinance', 'Yahoo Finance'],
    rights: displayOnly,
    attribution: { text: 'Market data: Yahoo Finance', link: 'https://finance.yahoo.com' },
    terms: 'For personal display only.',
  },
  {
    name: 'Anthropic',
    known_as: ['Anthropic'],
    rights: notOnward,
    attribution: {
      text: 'Passages of text were written by a language model of Anthropic',
      link: 'https://www.anthropic.com',
    },
    terms: 'The answers are the customer’s; whoever reads them must know that a model wrote them.',
  },
];

/** They let FRED show their series, and reserve the rest. */
function ownersBehindFred(named: readonly (readonly [name: string, link: string])[]): ProviderRights[] {
  return named.map(([name, link]) => ({
    name,
    known_as: [name],
    rights: displayOnly,
    attribution: { text: `Series © ${name}`, link },
    terms: 'Needs an agreement with the owner to be taken away, though FRED shows it.',
  }));
}
