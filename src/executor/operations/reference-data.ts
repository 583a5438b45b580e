/** Operations that tell what can be computed on: pricing packs and portfolios. */
import { PackId, Uuid } from '../../contract/scalars';
import * as examples from '../openapi-examples';
import { PackReconciliations, readPackReconciliations } from '../pack-reconciliations';
import { listAllPacks, Pack, PackList, PackQuery, readPack } from '../packs';
import { listOwnPortfolios, Portfolio, PortfolioList, PortfolioQuery, readPortfolio } from '../portfolios';
import { type Operation, pathParameter, queryParameters, readProblems } from './operation';

export const referenceDataOperations: Operation[] = [
  {
    method: 'get',
    paths: ['/v1/packs'],
    summary: 'Pricing packs, the newest date first, superseded ones too.',
    parameters: queryParameters(PackQuery),
    answers: { 200: { description: 'A page of them.', schema: PackList, example: examples.packList } },
    problems: ['REQUEST_INVALID', ...readProblems],
    noStore: true,
    handler: listAllPacks,
  },
  {
    method: 'get',
    paths: ['/v1/packs/{id}'],
    summary: 'One pricing pack, superseded or not, and how far the nightly order has come with it.',
    parameters: [pathParameter('id', PackId, examples.pack.id)],
    answers: { 200: { description: 'The pack.', schema: Pack, example: examples.pack } },
    problems: ['PACK_NOT_FOUND', ...readProblems],
    noStore: true,
    handler: readPack,
  },
  {
    method: 'get',
    paths: ['/v1/packs/{id}/reconciliations'],
    summary: 'Whether one’s own portfolios agreed with their ledgers when the pack was built, and where not.',
    parameters: [pathParameter('id', PackId, examples.pack.id)],
    answers: {
      200: {
        description: 'One for each portfolio that was checked; the latest check.',
        schema: PackReconciliations,
        example: examples.packReconciliations,
      },
    },
    problems: ['PACK_NOT_FOUND', ...readProblems],
    noStore: true,
    handler: readPackReconciliations,
  },
  {
    method: 'get',
    paths: ['/v1/portfolios'],
    summary: 'Own portfolios, by name.',
    parameters: queryParameters(PortfolioQuery),
    answers: {
      200: { description: 'A page of them.', schema: PortfolioList, example: examples.portfolioList },
    },
    problems: ['REQUEST_INVALID', ...readProblems],
    noStore: true,
    handler: listOwnPortfolios,
  },
  {
    method: 'get',
    paths: ['/v1/portfolios/{id}'],
    summary: 'One of one’s own portfolios; somebody else’s looks like none.',
    parameters: [pathParameter('id', Uuid, examples.portfolio.id)],
    answers: { 200: { description: 'The portfolio.', schema: Portfolio, example: examples.portfolio } },
    problems: ['PORTFOLIO_NOT_FOUND', ...readProblems],
    noStore: true,
    handler: readPortfolio,
  },
];
