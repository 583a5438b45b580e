-- Up Migration
-- What capabilities that are not pure answered to the steps of executions: a run that is verified is given these again.

create table recorded_answers (
  execution_id text not null,
  -- The step's whole path.
  path         text not null,
  -- Whoever asks for an answer has to be its owner.
  user_id      uuid not null,
  capability   text not null,
  args_digest  text not null,
  -- `json`, not `jsonb`: it is given again with every member and digit as it was.
  result       json not null,
  meta         json not null,
  answered_at  timestamptz not null default now(),
  primary key (execution_id, path, capability, args_digest)
);

create index recorded_answers_by_age on recorded_answers (answered_at);

alter table recorded_answers enable row level security;
alter table recorded_answers force row level security;

create policy recorded_answers_own on recorded_answers
  using (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
  with check (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
