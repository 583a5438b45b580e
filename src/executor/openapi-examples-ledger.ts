/** Exchanges of the operations on ledger commits, in the form that the API answers. */
import type { LedgerComparison } from '../contract/ledger-commits';
import type { LedgerCommitList } from './ledger-commits';
import { portfolio } from './openapi-examples';

const [from, to] = ['4f1d0c7e9a3b5c6d7e8f90a1b2c3d4e5f6a7b8c9', 'b7a2f2a3c0d94e1f8a6b5c4d3e2f1a0b9c8d7e6f'];

export const ledgerCommitList: LedgerCommitList = {
  ledger_commits: [
    {
      ledger_commit_hash: to,
      imported_at: '2026-11-25T06:29:30.000Z',
      is_current: true,
      lots: 13,
      transactions: 121,
      first_date: '2007-01-03',
      last_date: '2013-03-01',
    },
  ],
  next_cursor: null,
};

const none = {
  counts: { added: 0, removed: 0, changed: 0, unchanged: 13 },
  added: [],
  removed: [],
  changed: [],
  more: false,
};

export const ledgerComparison: LedgerComparison = {
  portfolio_id: portfolio.id,
  from,
  to,
  equal: false,
  first_date: '2013-03-01',
  commodities: [
    {
      commodity: 'CAD',
      kind: 'cash',
      from: '47118.37',
      to: '47218.37',
      change: '100',
      first_date: '2013-03-01',
    },
  ],
  lots: none,
  transactions: {
    ...none,
    counts: { added: 1, removed: 0, changed: 0, unchanged: 120 },
    added: [
      {
        transaction_id: '2013-03-01_1_1',
        date: '2013-03-01',
        type: 'DEPOSIT',
        symbol: null,
        quantity: null,
        amount: '100',
        currency: 'CAD',
        counter_amount: null,
        counter_currency: null,
        narration: 'A gift',
        file: null,
        line: 460,
      },
    ],
  },
  cash_movements: {
    ...none,
    counts: { added: 1, removed: 0, changed: 0, unchanged: 98 },
    added: [
      {
        movement_id: '2013-03-01_1_CAD_external',
        date: '2013-03-01',
        currency: 'CAD',
        amount: '100',
        external: true,
      },
    ],
  },
};
