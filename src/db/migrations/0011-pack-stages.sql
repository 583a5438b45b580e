-- Up Migration
-- The nightly order: how a pack comes to be fresh, stage by stage, and what is computed on it before anybody asks.

-- Why a pack is in the state `error`, for everybody to read.
alter table pricing_packs add column status_reason text check (status_reason is null or status = 'error');

-- One row for each time a stage was begun; the highest attempt is how it stands. No foreign key to the pack: building
-- begins before there is one, and may fail. Everybody sees these rows, so nothing of any user stands in `detail`.
create table pack_stages (
  pack_id    text not null check (pack_id ~ '^PP_'),
  stage      text not null check (stage in ('build', 'reconcile', 'metrics', 'prewarm', 'fresh')),
  attempt    integer not null check (attempt > 0),
  status     text not null check (status in ('running', 'done', 'failed')),
  started_at timestamptz not null default clock_timestamp(),
  ended_at   timestamptz,
  detail     jsonb not null default '{}',
  primary key (pack_id, stage, attempt),
  check ((status = 'running') = (ended_at is null))
);

create function guard_pack_stage() returns trigger language plpgsql as $$
begin
  if old.status <> 'running' or (new.pack_id, new.stage, new.attempt, new.started_at)
     is distinct from (old.pack_id, old.stage, old.attempt, old.started_at) then
    raise exception 'attempt % of the stage % of pricing pack % has ended', old.attempt, old.stage, old.pack_id
      using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

create trigger pack_stages_guard before update on pack_stages for each row execute function guard_pack_stage();
create trigger pack_stages_stay before delete or truncate on pack_stages
  for each statement execute function refuse_change();

-- Who owns the table may publish a pack at once, as the seed and a correction do; everybody else goes through the stages.
create function owns_table(relation oid) returns boolean language sql stable as $$
  select pg_has_role(current_user, relowner, 'member') from pg_class where oid = relation
$$;

create function guard_new_pack() returns trigger language plpgsql as $$
begin
  if new.status <> 'warming' and not owns_table(tg_relid) then
    raise exception 'pricing pack % is new and has to be warming: it is not reconciled yet', new.id
      using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

create trigger pricing_packs_begin before insert on pricing_packs for each row execute function guard_new_pack();

-- Fresh is what was reconciled with every ledger and has its measures. A failed prewarm costs time only, not truth.
create function guard_fresh_pack() returns trigger language plpgsql as $$
declare unfinished text;
begin
  if old.status = 'fresh' or new.status <> 'fresh' then return new; end if;
  if owns_table(tg_relid) and not exists (select from pack_stages where pack_id = new.id) then return new; end if;
  if old.status <> 'warming' then
    raise exception 'pricing pack % is in the state %: it has to go through its stages again', new.id, old.status
      using errcode = 'restrict_violation';
  end if;
  select string_agg(needed.stage, ', ') into unfinished
    from unnest(array['reconcile', 'metrics']) as needed (stage)
   where 'done' is distinct from (select status from pack_stages ran where ran.pack_id = new.id
                                  and ran.stage = needed.stage order by attempt desc limit 1);
  if unfinished is not null then
    raise exception 'pricing pack % cannot be fresh: % not done', new.id, unfinished
      using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

create trigger pricing_packs_fresh before update of status on pricing_packs
  for each row execute function guard_fresh_pack();

-- ── Of one user ─────────────────────────────────────────────────────────────────────────────────

-- Whether a portfolio's ledger and what was made of it agree, as of a pack.
create table portfolio_reconciliations (
  user_id            uuid not null,
  portfolio_id       uuid not null,
  pack_id            text not null references pricing_packs,
  ledger_commit_hash text not null,
  attempt            integer not null,
  passed             boolean not null,
  result             jsonb not null,
  checked_at         timestamptz not null default clock_timestamp(),
  primary key (user_id, portfolio_id, pack_id, ledger_commit_hash, attempt),
  foreign key (user_id, portfolio_id, ledger_commit_hash) references ledger_commits
);

-- The daily measures, computed when the pack was built: one row for each capability and its version.
create table portfolio_metrics (
  user_id            uuid not null,
  portfolio_id       uuid not null,
  pack_id            text not null references pricing_packs,
  ledger_commit_hash text not null,
  capability         text not null,
  version            text not null,
  result             jsonb not null,
  computed_at        timestamptz not null default clock_timestamp(),
  primary key (user_id, portfolio_id, pack_id, ledger_commit_hash, capability, version),
  foreign key (user_id, portfolio_id, ledger_commit_hash) references ledger_commits
);

do $$
declare owned text;
begin
  foreach owned in array array['portfolio_reconciliations', 'portfolio_metrics']
  loop
    execute format('alter table %I enable row level security', owned);
    execute format('alter table %I force row level security', owned);
    execute format($policy$create policy %I on %I
      using (user_id = nullif(current_setting('app.user_id', true), '')::uuid)$policy$, owned || '_own', owned);
    execute format('create trigger %I before update or delete or truncate on %I
      for each statement execute function refuse_change()', owned || '_stay', owned);
  end loop;
end $$;

-- Which portfolios there are, of whomever: the nightly order goes through all of them, each as its owner. Row-level
-- security is forced, so not even a function of the tables' owner sees two users' rows; this list holds ids and nothing
-- else. Its column is not called user_id because no policy guards it.
create table portfolio_index (
  owner_id     uuid not null,
  portfolio_id uuid not null,
  primary key (owner_id, portfolio_id)
);

create function index_portfolio() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
begin
  insert into portfolio_index (owner_id, portfolio_id) values (new.user_id, new.id) on conflict do nothing;
  return null;
end $$;

create trigger portfolios_index after insert on portfolios for each row execute function index_portfolio();

-- Those that are there already: without `force` the owner sees them for this one statement; the lock keeps others away.
alter table portfolios no force row level security;
insert into portfolio_index (owner_id, portfolio_id) select user_id, id from portfolios;
alter table portfolios force row level security;
