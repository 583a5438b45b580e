/** Exchanges of the operations on alerts, in the form that the API answers. */
import type { Alert, AlertDraft, DeadLetter, Notification } from '../contract/alert';
import { portfolio } from './openapi-examples';

const id = '5d0f6c0e-2c3b-4c55-9a55-0d1f3a7b9c10';
const asof_date = '2013-02-28';
const pricing_pack_id = 'PP_2013-02-28';
const at = '2026-11-25T06:29:37.330Z';
const title = 'Deep fall';
const message =
  'The present drawdown of “Demo portfolio” since inception is 12.3868 % as of 2013-02-28, at or above 10 %. Its highest was on 2012-09-20.';

export const alertDraft: AlertDraft = {
  title,
  condition: { type: 'drawdown_limit', threshold: 0.1, unit: 'fraction' },
  portfolio_id: portfolio.id,
};

export const alert: Alert = {
  id,
  title,
  portfolio_id: portfolio.id,
  condition: alertDraft.condition,
  cooldown_hours: 24,
  active: true,
  created_at: '2026-11-24T09:00:00.000Z',
  last_fired_at: at,
  last_evaluation: { asof_date, at, outcome: 'fires', sentence: message, reason: null },
};

export const notification: Notification = {
  id: '0c9a7d1e-6f0b-4a51-8e5d-1b2c3d4e5f60',
  alert_id: id,
  portfolio_id: portfolio.id,
  title,
  message,
  asof_date,
  pricing_pack_id,
  fired_at: at,
  read_at: null,
};

export const deadLetter: DeadLetter = {
  id: '7e1c2d3f-4a5b-4c6d-8e7f-901a2b3c4d5e',
  alert_id: id,
  title,
  asof_date,
  pricing_pack_id,
  status: 'retrying',
  attempts: 2,
  code: 'PROVIDER_UNAVAILABLE',
  message: 'NewsAPI did not answer.',
  next_retry_at: '2026-11-25T06:35:38.000Z',
  created_at: at,
  updated_at: '2026-11-25T06:30:38.000Z',
};
