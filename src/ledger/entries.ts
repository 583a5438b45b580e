/** What a ledger says, after reading and booking. Dates are ISO, numbers exact, lines count from 1. */
import type { Exact } from './decimal';

export interface Amount {
  number: Exact;
  currency: string;
}

/** An amount with the number of decimals it was written with: they say how exact it is meant. */
export interface WrittenAmount extends Amount {
  digits: number;
}

/** What one unit of a lot cost, and when; enough to tell lots apart. */
export interface Cost extends Amount {
  date: string;
  label: string | null;
}

export interface Price extends Amount {
  /** `@@`: of all units together; `@`: of one. */
  total: boolean;
}

/** One leg of a transaction. A sale of several lots becomes one leg for each. */
export interface Posting {
  line: number;
  account: string;
  units: Amount;
  cost: Cost | null;
  /** Which lot was bought or reduced; `null` for what is not held at cost. */
  lot_id: string | null;
  price: Price | null;
  /** The leg neither buys nor sells: its lots go to another account, or a split makes others of them. */
  passes_on?: 'moved' | 'split';
  /** Of the new lot of a split: how much of which lots it replaces. */
  replaces?: { lot_id: string; quantity: Exact }[];
}

/** Where something stands. */
export interface Place {
  /** As the ledger was named, or as it is included, relative to that. */
  file: string;
  line: number;
}

export interface Transaction extends Place {
  kind: 'transaction';
  date: string;
  /** `*` complete, `!` to be looked at, `P` inserted for a `pad`. */
  flag: string;
  payee: string | null;
  narration: string;
  postings: Posting[];
}

interface Dated extends Place {
  date: string;
}

export type Entry =
  | Transaction
  | (Place & { kind: 'option'; name: string; value: string })
  | (Dated & { kind: 'open'; account: string; currencies: string[]; booking: string | null })
  | (Dated & { kind: 'close'; account: string })
  | (Dated & { kind: 'commodity'; currency: string; name: string | null })
  | (Dated & { kind: 'price'; currency: string; price: Amount })
  | (Dated & { kind: 'balance'; account: string; amount: Amount; tolerance: Exact })
  | (Dated & { kind: 'pad'; account: string; source: string })
  | (Dated & { kind: 'note'; account: string; text: string });

/** Something the ledger's author has to correct, or is told of. */
export interface LedgerProblem extends Place {
  message: string;
}

/** As written: amounts may be left out, and a cost may only say which lot is meant. */
export interface RawPosting {
  line: number;
  account: string;
  /** `null`: what balances the transaction. */
  units: WrittenAmount | null;
  cost: RawCost | null;
  price: Price | null;
}

export interface RawCost {
  /** `null` in `{}` and `{2012-01-31}`. */
  amount: Amount | null;
  /** `{{…}}`: of all units together. */
  total: boolean;
  date: string | null;
  label: string | null;
}

export type RawEntry = Exclude<Entry, Transaction> | RawTransaction;
/** The entry of a kind. */
export type EntryOf<Kind extends Entry['kind']> = Extract<Entry, { kind: Kind }>;
/** Another file that belongs to the ledger. */
export interface Include extends Place {
  path: string;
}
export type RawTransaction = Omit<Transaction, 'postings'> & { postings: RawPosting[] };
