/** Operations on the states of a portfolio's ledger. */
import { LedgerComparison } from '../../contract/ledger-commits';
import { Uuid } from '../../contract/scalars';
import {
  compareCommits,
  CompareQuery,
  LedgerCommitList,
  LedgerCommitQuery,
  listCommits,
} from '../ledger-commits';
import { portfolio } from '../openapi-examples';
import * as examples from '../openapi-examples-ledger';
import { type Operation, pathParameter, queryParameters, readProblems } from './operation';

const portfolioId = pathParameter('id', Uuid, portfolio.id);

export const ledgerOperations: Operation[] = [
  {
    method: 'get',
    paths: ['/v1/portfolios/{id}/ledger-commits'],
    summary: 'The states of its ledger that were read in, the current one first.',
    parameters: [portfolioId, ...queryParameters(LedgerCommitQuery)],
    answers: {
      200: { description: 'A page of them.', schema: LedgerCommitList, example: examples.ledgerCommitList },
    },
    problems: ['REQUEST_INVALID', 'PORTFOLIO_NOT_FOUND', ...readProblems],
    noStore: true,
    handler: listCommits,
  },
  {
    method: 'get',
    paths: ['/v1/portfolios/{id}/ledger-commits/compare'],
    summary: 'How two states of its ledger differ: rows, quantities, cash, and since which day.',
    parameters: [portfolioId, ...queryParameters(CompareQuery)],
    answers: {
      200: { description: 'The differences.', schema: LedgerComparison, example: examples.ledgerComparison },
    },
    problems: ['REQUEST_INVALID', 'PORTFOLIO_NOT_FOUND', 'LEDGER_COMMIT_NOT_FOUND', ...readProblems],
    noStore: true,
    handler: compareCommits,
  },
];
