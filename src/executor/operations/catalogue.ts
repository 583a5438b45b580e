/** Operations that tell what can be run: patterns and capabilities. */
import { Type } from '@sinclair/typebox';
import { CapabilityList, listCapabilities } from '../capabilities';
import * as examples from '../openapi-examples';
import { PatternDetail, readPattern } from '../pattern-detail';
import { listPatterns, PatternList } from '../patterns';
import { type Operation, pathParameter } from './operation';

export const catalogueOperations: Operation[] = [
  {
    method: 'get',
    paths: ['/v1/patterns', '/patterns'],
    summary:
      'All patterns with their inputs’ schemas and the rights they need; broken ones with their problems.',
    answers: { 200: { description: 'The patterns.', schema: PatternList, example: examples.patternList } },
    problems: [],
    handler: ({ patterns }) => listPatterns(patterns),
  },
  {
    method: 'get',
    paths: ['/v1/patterns/{id}'],
    summary: 'One pattern: the file, its steps in short, and what its check found.',
    parameters: [pathParameter('id', Type.String(), examples.patternDetail.id)],
    answers: { 200: { description: 'The pattern.', schema: PatternDetail, example: examples.patternDetail } },
    problems: ['PATTERN_NOT_FOUND'],
    handler: ({ patterns }) => readPattern(patterns),
  },
  {
    method: 'get',
    paths: ['/v1/capabilities'],
    summary: 'What steps can ask for: agents, schemas, retry policies.',
    answers: {
      200: { description: 'The catalogue.', schema: CapabilityList, example: examples.capabilityList },
    },
    problems: [],
    handler: ({ capabilities }) => listCapabilities(capabilities),
  },
];
