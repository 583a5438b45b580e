/** Operations for those who run the system: health, probes, metrics. */
import { Type } from '@sinclair/typebox';
import { Health, health } from '../health';
import * as examples from '../openapi-examples';
import { live, Liveness, Readiness, ready } from '../probes';
import type { Operation } from './operation';

export const healthOperations: Operation[] = [
  {
    method: 'get',
    paths: ['/health'],
    summary: 'How each part stands; always 200.',
    isPublic: true,
    answers: { 200: { description: 'The parts.', schema: Health, example: examples.health } },
    problems: [],
    noStore: true,
    handler: health,
  },
  {
    method: 'get',
    paths: ['/health/live'],
    summary: 'Whether the process lives; asks no other part.',
    isPublic: true,
    isProbe: true,
    answers: { 200: { description: 'It does.', schema: Liveness, example: { status: 'alive' } } },
    problems: [],
    noStore: true,
    handler: () => live,
  },
  {
    method: 'get',
    paths: ['/health/ready'],
    summary:
      'Whether requests should be sent here: Temporal and PostgreSQL answer, and the process does not end.',
    isPublic: true,
    isProbe: true,
    answers: {
      200: { description: 'They should.', schema: Readiness, example: examples.readiness },
      503: { description: 'They should not.', schema: Readiness, example: examples.unreadiness },
    },
    problems: [],
    noStore: true,
    handler: ready,
  },
  {
    method: 'get',
    paths: ['/metrics'],
    summary: 'Counters and gauges for Prometheus; nothing in them belongs to a user.',
    isPublic: true,
    isProbe: true,
    answers: {
      200: {
        description: 'Prometheus’ text format.',
        schema: Type.String(),
        example: examples.metrics,
        type: 'text/plain',
      },
    },
    problems: [],
    noStore: true,
    handler:
      ({ metrics }) =>
      async (_req, res) => {
        const { type, text } = await metrics.render();
        res.setHeader('Content-Type', type).end(text);
      },
  },
];
