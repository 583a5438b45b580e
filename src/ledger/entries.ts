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
}

export interface Transaction {
  kind: 'transaction';
  date: string;
  line: number;
  /** `*` complete, `!` to be looked at. */
  flag: string;
  payee: string | null;
  narration: string;
  postings: Posting[];
}

export type Entry =
  | Transaction
  | { kind: 'option'; line: number; name: string; value: string }
  | {
      kind: 'open';
      date: string;
      line: number;
      account: string;
      currencies: string[];
      booking: string | null;
    }
  | { kind: 'close'; date: string; line: number; account: string }
  | { kind: 'commodity'; date: string; line: number; currency: string }
  | { kind: 'price'; date: string; line: number; currency: string; price: Amount }
  | { kind: 'balance'; date: string; line: number; account: string; amount: Amount; tolerance: Exact };

/** Something the ledger's author has to correct. */
export interface LedgerProblem {
  line: number;
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
export type RawTransaction = Omit<Transaction, 'postings'> & { postings: RawPosting[] };
