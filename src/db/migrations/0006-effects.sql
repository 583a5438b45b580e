-- Up Migration
-- One row per effect of a step that writes: a repeated attempt finds what the first one did, in the transaction that did it.

create table effects (
  -- Workflow id and the step's path; an undo's ends with ':undo'.
  key        text primary key,
  -- Whoever asks for the result of an effect has to be its owner.
  user_id    uuid not null,
  capability text not null,
  -- Attempts that began, whether or not they got anywhere. 0: an undo came before the step itself.
  attempts   integer not null default 0 check (attempts >= 0),
  first_at   timestamptz not null default now(),
  -- When it was done; `null`: not yet, or never.
  done_at    timestamptz,
  -- `json`, not `jsonb`: a repeated attempt answers with every member and digit as the first one did.
  result     json,
  -- When it was undone: an attempt that comes later, from a worker long given up, does nothing.
  undone_at  timestamptz,
  check ((done_at is null) = (result is null))
);

alter table effects enable row level security;
alter table effects force row level security;

create policy effects_own on effects
  using (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
  with check (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
