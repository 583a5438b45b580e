-- Up Migration
-- Who owns what, what it was worth on which day, and what happened to it.
-- Reference data (securities, pricing packs) belong to everybody; all the rest to one user, under row-level security.

-- Rows that results refer to are never changed: an old result has to stay reproducible.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: % is refused', tg_table_name, tg_op using errcode = 'restrict_violation';
end $$;

-- ── Reference data ──────────────────────────────────────────────────────────────────────────────

create table securities (
  id          uuid primary key,
  symbol      text not null unique,
  name        text not null,
  asset_class text not null check (asset_class in ('equity')),
  currency    text not null check (currency ~ '^[A-Z]{3}$')
);

-- The frozen prices and exchange rates of one trading day. `sha256` covers the content and the previous pack's
-- hash, so that one id pins the whole price history.
create table pricing_packs (
  id               text primary key,
  date             date not null,
  status           text not null check (status in ('warming', 'fresh', 'error')),
  sha256           text not null check (sha256 ~ '^sha256:[0-9a-f]{64}$'),
  previous_pack_id text references pricing_packs,
  -- The first pack of the straight line this one continues. A correction of an earlier day begins a new line, which
  -- leaves the old one at `previous_pack_id`; so a pack's history is a few ranges instead of a thousand links.
  line_id          text not null references pricing_packs deferrable initially deferred,
  superseded_by    text references pricing_packs deferrable initially deferred,
  source           text not null,
  built_at         timestamptz not null default now(),
  -- The transaction that built it: only there may its prices be inserted.
  built_in         xid8 not null default pg_current_xact_id(),
  unique (line_id, date),
  unique nulls not distinct (line_id, previous_pack_id)
);

create unique index pricing_packs_current on pricing_packs (date) where superseded_by is null;

create table prices (
  pack_id     text not null references pricing_packs,
  security_id uuid not null references securities,
  -- In `currency`, as traded that day: not adjusted for later splits or dividends.
  close       numeric not null check (close > 0),
  currency    text not null check (currency ~ '^[A-Z]{3}$'),
  source      text not null,
  primary key (pack_id, security_id)
);

create table fx_rates (
  pack_id    text not null references pricing_packs,
  base_ccy   text not null check (base_ccy ~ '^[A-Z]{3}$'),
  quote_ccy  text not null check (quote_ccy ~ '^[A-Z]{3}$'),
  -- Units of `quote_ccy` for one `base_ccy`, as published.
  rate       numeric not null check (rate > 0),
  -- When it was published; earlier than the pack's date where that day has no quote.
  quote_date date not null,
  source     text not null,
  primary key (pack_id, base_ccy, quote_ccy)
);

-- A pack's state may move on; what it says may not.
create function guard_pricing_pack() returns trigger language plpgsql as $$
begin
  if (new.id, new.date, new.sha256, new.previous_pack_id, new.line_id, new.source, new.built_at, new.built_in)
     is distinct from
     (old.id, old.date, old.sha256, old.previous_pack_id, old.line_id, old.source, old.built_at, old.built_in)
  then
    raise exception 'pricing pack % is immutable; build a new pack that supersedes it', old.id
      using errcode = 'restrict_violation';
  end if;
  if old.superseded_by is not null and new.superseded_by is distinct from old.superseded_by then
    raise exception 'pricing pack % is already superseded by %', old.id, old.superseded_by
      using errcode = 'restrict_violation';
  end if;
  if old.status = 'fresh' and new.status <> 'fresh' then
    raise exception 'pricing pack % is fresh and stays so', old.id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

create function guard_pack_content() returns trigger language plpgsql as $$
declare closed_pack text;
begin
  select pack.id into closed_pack
    from (select distinct pack_id from added) mine join pricing_packs pack on pack.id = mine.pack_id
   where pack.built_in <> pg_current_xact_id() limit 1;
  if found then
    raise exception 'pricing pack % is immutable; % takes no more rows for it', closed_pack, tg_table_name
      using errcode = 'restrict_violation';
  end if;
  return null;
end $$;

create trigger pricing_packs_guard before update on pricing_packs for each row execute function guard_pricing_pack();
create trigger prices_guard after insert on prices
  referencing new table as added for each statement execute function guard_pack_content();
create trigger fx_rates_guard after insert on fx_rates
  referencing new table as added for each statement execute function guard_pack_content();
create trigger pricing_packs_stay before delete or truncate on pricing_packs
  for each statement execute function refuse_change();
create trigger prices_stay before update or delete or truncate on prices
  for each statement execute function refuse_change();
create trigger fx_rates_stay before update or delete or truncate on fx_rates
  for each statement execute function refuse_change();

-- ── What belongs to one user ────────────────────────────────────────────────────────────────────
-- Foreign keys and unique constraints look through row-level security, so every key carries the owner.

create table users (
  id    uuid primary key,
  email text not null unique
);

create table portfolios (
  user_id       uuid not null references users,
  id            uuid not null,
  name          text not null,
  base_currency text not null check (base_currency ~ '^[A-Z]{3}$'),
  benchmark_id  text,
  primary key (user_id, id)
);

-- A state of the ledger that was read in. The newest `imported_at` is the current one.
create table ledger_commits (
  user_id            uuid not null,
  portfolio_id       uuid not null,
  ledger_commit_hash text not null,
  imported_at        timestamptz not null default clock_timestamp(),
  primary key (user_id, portfolio_id, ledger_commit_hash),
  foreign key (user_id, portfolio_id) references portfolios
);

-- Purchases. What is left of one on a day is its quantity less the closures up to that day.
create table lots (
  user_id            uuid not null,
  portfolio_id       uuid not null,
  ledger_commit_hash text not null,
  lot_id             text not null,
  security_id        uuid not null references securities,
  acquired_on        date not null,
  quantity           numeric not null check (quantity > 0),
  unit_cost_local    numeric not null,
  currency           text not null,
  -- Base currency for one `currency`, recorded with or dated on the purchase; null: there was no rate then.
  fx_base_per_local  numeric,
  cost_base          numeric,
  primary key (user_id, portfolio_id, ledger_commit_hash, lot_id),
  foreign key (user_id, portfolio_id, ledger_commit_hash) references ledger_commits,
  check ((fx_base_per_local is null) = (cost_base is null))
);

create table transactions (
  user_id            uuid not null,
  portfolio_id       uuid not null,
  ledger_commit_hash text not null,
  transaction_id     text not null,
  date               date not null,
  type               text not null check (type in
    ('BUY', 'SELL', 'DIVIDEND', 'INTEREST', 'FEE', 'DEPOSIT', 'WITHDRAWAL', 'FX_CONVERSION')),
  security_id        uuid references securities,
  -- Shares bought (positive) or sold (negative).
  quantity           numeric,
  -- What it did to the cash of `currency`.
  amount             numeric not null,
  currency           text not null,
  -- The other side of a conversion.
  counter_amount     numeric,
  counter_currency   text,
  narration          text not null,
  line               integer not null,
  primary key (user_id, portfolio_id, ledger_commit_hash, transaction_id),
  foreign key (user_id, portfolio_id, ledger_commit_hash) references ledger_commits,
  check ((counter_amount is null) = (counter_currency is null))
);

create table lot_closures (
  user_id            uuid not null,
  portfolio_id       uuid not null,
  ledger_commit_hash text not null,
  lot_id             text not null,
  transaction_id     text not null,
  date               date not null,
  quantity           numeric not null check (quantity > 0),
  -- Before fees; null: the ledger gives no sale price.
  proceeds_local     numeric,
  currency           text,
  primary key (user_id, portfolio_id, ledger_commit_hash, lot_id, transaction_id),
  foreign key (user_id, portfolio_id, ledger_commit_hash, lot_id) references lots,
  foreign key (user_id, portfolio_id, ledger_commit_hash, transaction_id) references transactions
);

create table cash_movements (
  user_id            uuid not null,
  portfolio_id       uuid not null,
  ledger_commit_hash text not null,
  movement_id        text not null,
  date               date not null,
  currency           text not null,
  amount             numeric not null,
  -- Money that enters or leaves the portfolio from outside.
  external           boolean not null,
  primary key (user_id, portfolio_id, ledger_commit_hash, movement_id),
  foreign key (user_id, portfolio_id, ledger_commit_hash) references ledger_commits
);

create function guard_ledger_commit() returns trigger language plpgsql as $$
begin
  if (new.user_id, new.portfolio_id, new.ledger_commit_hash)
     is distinct from (old.user_id, old.portfolio_id, old.ledger_commit_hash) then
    raise exception 'a ledger commit keeps its hash' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

create trigger ledger_commits_guard before update on ledger_commits
  for each row execute function guard_ledger_commit();
create trigger ledger_commits_stay before delete or truncate on ledger_commits
  for each statement execute function refuse_change();
create trigger lots_stay before update or delete or truncate on lots
  for each statement execute function refuse_change();
create trigger transactions_stay before update or delete or truncate on transactions
  for each statement execute function refuse_change();
create trigger lot_closures_stay before update or delete or truncate on lot_closures
  for each statement execute function refuse_change();
create trigger cash_movements_stay before update or delete or truncate on cash_movements
  for each statement execute function refuse_change();

-- `nullif`: after a transaction the setting is an empty text, which is no uuid. Without a user there are no rows.
alter table users enable row level security;
alter table users force row level security;
create policy users_own on users
  using (id = nullif(current_setting('app.user_id', true), '')::uuid);

do $$
declare owned text;
begin
  foreach owned in array array
    ['portfolios', 'ledger_commits', 'lots', 'lot_closures', 'transactions', 'cash_movements']
  loop
    execute format('alter table %I enable row level security', owned);
    execute format('alter table %I force row level security', owned);
    execute format($policy$create policy %I on %I
      using (user_id = nullif(current_setting('app.user_id', true), '')::uuid)$policy$, owned || '_own', owned);
  end loop;
end $$;

-- Which content the demo was last seeded with.
create table seeds (
  name      text primary key,
  sha256    text not null,
  seeded_at timestamptz not null default now()
);
