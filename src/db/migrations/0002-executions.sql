-- Up Migration
-- One row per execution: what was asked, on which frozen prices and ledger, and what came out.
-- Temporal forgets a run after its retention; this table does not, and reading it needs no long poll.

create table executions (
  -- Derived from user and Idempotency-Key where there is one: the primary key is what makes a repeat the same run.
  id                 uuid primary key,
  user_id            uuid not null,
  request_digest     text not null,
  pattern_id         text not null,
  pattern_version    text not null,
  pattern_sha256     text not null,
  portfolio_id       uuid,
  pricing_pack_id    text not null,
  ledger_commit_hash text,
  asof_date          date not null,
  workflow_id        text not null unique,
  run_id             text,
  status             text not null default 'running'
                     check (status in ('running', 'waiting', 'succeeded', 'failed', 'cancelled', 'timed_out')),
  -- `json`, not `jsonb`: the answer keeps the order of members and every digit as the workflow wrote them.
  inputs             json not null,
  data               json,
  charts             json,
  trace              json,
  error              json,
  degraded           text[] not null default '{}',
  created_at         timestamptz not null default now(),
  -- When Temporal itself ends the run; a row still running after it was left out.
  deadline_at        timestamptz not null,
  finished_at        timestamptz,
  check ((finished_at is null) = (status in ('running', 'waiting')))
);

create index executions_by_user on executions (user_id, created_at desc, id);
create index executions_unfinished on executions (deadline_at) where finished_at is null;

alter table executions enable row level security;
alter table executions force row level security;

create policy executions_own on executions
  using (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
  with check (user_id = nullif(current_setting('app.user_id', true), '')::uuid);

-- The sweeper has to find what terminated runs of any user left unfinished, and those rows only.
create policy executions_sweep on executions for select
  using (finished_at is null and deadline_at < now() and current_setting('app.sweeper', true) = 'on');
