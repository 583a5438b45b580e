-- Up Migration
-- Payloads too large for Temporal's history, which holds their hash instead. No row-level security: only who was given a
-- hash can ask for it, and hashes of what was never seen cannot be guessed. Rows never change.

create table claimed_values (
  sha256     text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes      bytea not null,
  -- When it was last given to Temporal, to the hour: what is older than every history may be deleted.
  claimed_at timestamptz not null default now()
);

create index claimed_values_by_age on claimed_values (claimed_at);
