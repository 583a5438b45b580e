-- Up Migration
-- One circuit breaker per agent, shared by all processes when there is no Redis.
-- No row-level security: nothing here belongs to a user.

create table circuit_breakers (
  agent       text primary key,
  fails       integer not null default 0 check (fails >= 0),
  -- Calls are refused until then; `null` while the breaker is closed.
  open_until  timestamptz,
  -- Until then one caller holds the probe.
  probe_until timestamptz check (probe_until is null or open_until is not null),
  -- Raised by each opening, probe and closing: reports stamped with an older one are void.
  generation  integer not null default 0
);
