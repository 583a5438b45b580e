-- Up Migration
-- What a run depended on, so that it can be run again and recognised; and the patterns, each version fixed by its content.

alter table executions
  add column mode text not null default 'durable' check (mode in ('durable', 'direct')),
  -- The request context as the run had it.
  add column ctx json,
  -- Digest of all that a repeatable run's result depends on; `null` when it depends on more, on effects or people say.
  add column run_key text;

create index executions_by_run_key on executions (user_id, run_key, finished_at desc)
  where run_key is not null and status = 'succeeded';

-- No user's: everybody runs the same patterns. Never updated: another content is another version.
create table patterns (
  id            text not null,
  version       text not null,
  sha256        text not null,
  source        json not null,
  registered_at timestamptz not null default now(),
  primary key (id, version)
);
