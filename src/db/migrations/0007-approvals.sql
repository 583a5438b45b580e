-- Up Migration
-- Questions that running patterns put to people. The run itself waits in Temporal; a row says who may answer, and what.

create table approvals (
  execution_id uuid not null references executions (id) on delete cascade,
  -- The step's whole path, sub-patterns included.
  step         text not null,
  -- Who started the run.
  user_id      uuid not null,
  -- The workflow that waits, a sub-pattern's own, and the step's path in it.
  workflow_id  text not null,
  path         text not null,
  pattern_id   text not null,
  title        text not null,
  -- JSON Schema of the answer's data; `null`: anything.
  form         jsonb,
  -- Whoever has all of them may answer; empty: whoever started the run.
  rights       text[] not null default '{}',
  not_starter  boolean not null default false,
  opened_at    timestamptz not null default now(),
  due_at       timestamptz,
  closed_at    timestamptz,
  decision     text check (decision in ('approve', 'reject')),
  answered_by  uuid,
  primary key (execution_id, step),
  check (decision is null or closed_at is not null)
);

create index approvals_open on approvals (opened_at) where closed_at is null;

alter table approvals enable row level security;
alter table approvals force row level security;

-- The starter sees and writes his own; whoever has the rights that an answer needs sees the question.
create policy approvals_own on approvals
  using (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
create policy approvals_answer on approvals for select
  using (rights <> '{}' and rights <@ string_to_array(nullif(current_setting('app.rights', true), ''), E'\x1f'));
