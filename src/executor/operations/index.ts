/** All operations of the API. A new one is one object in one of these files; route and document follow. */
import { alertOperations } from './alerts';
import { approvalOperations } from './approvals';
import { catalogueOperations } from './catalogue';
import { executionOperations } from './executions';
import { exportOperations } from './exports';
import { healthOperations } from './health';
import { insightOperations } from './insight';
import { ledgerOperations } from './ledger';
import type { Operation } from './operation';
import { planningOperations } from './planning';
import { referenceDataOperations } from './reference-data';

export const operations: readonly Operation[] = [
  ...executionOperations,
  ...approvalOperations,
  ...insightOperations,
  ...exportOperations,
  ...catalogueOperations,
  ...planningOperations,
  ...referenceDataOperations,
  ...ledgerOperations,
  ...alertOperations,
  ...healthOperations,
];
