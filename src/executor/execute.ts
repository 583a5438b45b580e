/**
 * `POST /v1/execute`: every check that needs no run comes first, so a refused request has started nothing.
 *
 * - The row is written before the run starts: a run that nobody can find does not exist.
 * - Row id, workflow id and Idempotency-Key are one thing, so concurrent repeats meet in one row and one run.
 * - The answer is read from PostgreSQL, never from Temporal: what is answered now is what is answered later.
 */
import { context } from '@opentelemetry/api';
import type { Client } from '@temporalio/client';
import type { Request, RequestHandler, Response } from 'express';
import type { Pool } from 'pg';
import type { BreakerStore } from '../contract/breaker';
import { EngineError, type Problem } from '../contract/errors';
import { ExecuteRequest } from '../contract/execution';
import { type ExecutionRow, findExecution, insertExecution, markStarted, removeUnstarted } from '../db/executions';
import { withUser } from '../db/pool';
import { checkInputs } from '../pattern/inputs';
import { compileSchema } from '../validate';
import { sendOutcome, type TemporalUi } from './answer';
import { requireClosedBreakers } from './breaker-gate';
import { buildContext, type BuiltContext } from './build-context';
import { executionIdOf, parseIdempotencyKey, requestDigest, requireSameRequest, workflowIdOf } from './idempotency';
import { type PatternStore, requirePattern, type RunnablePattern } from './pattern-store';
import { parsePrefer } from './prefer';
import { type RequestScope, scopeOf, userOf } from './request-scope';
import { requireInputs, requireRights } from './request-checks';
import { type ReadSettled, startRun, stateOfRun } from './runs';
