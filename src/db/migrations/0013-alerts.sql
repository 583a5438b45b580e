-- Up Migration
-- Conditions that a user wants to hear of, what was found of them at each pack, and the notifications that came of it.

create table alerts (
  user_id          uuid not null,
  id               uuid not null,
  title            text not null,
  -- Whose measures are meant; null: the condition is about no portfolio.
  portfolio_id     uuid,
  condition        jsonb not null,
  -- Of the canonical JSON: two alerts of one portfolio never watch the same thing.
  condition_digest text not null check (condition_digest ~ '^sha256:[0-9a-f]{64}$'),
  cooldown_hours   integer not null check (cooldown_hours between 1 and 8760),
  active           boolean not null default true,
  created_at       timestamptz not null default clock_timestamp(),
  deleted_at       timestamptz,
  primary key (user_id, id),
  foreign key (user_id, portfolio_id) references portfolios
);

create unique index alerts_condition on alerts (user_id, portfolio_id, condition_digest) nulls not distinct
  where deleted_at is null;

-- The notifications of an alert are a chain: each names the one before it, no two name the same one, and each comes at
-- least a cooldown after it. So PostgreSQL itself refuses a second one within a cooldown, whoever writes at the same time.
create table notifications (
  user_id        uuid not null,
  id             uuid not null,
  alert_id       uuid not null,
  portfolio_id   uuid,
  title          text not null,
  message        text not null,
  asof_date      date not null,
  pack_id        text not null references pricing_packs,
  -- Of user, alert and day: the same news is told once, whatever else is written about it.
  content_hash   text not null check (content_hash ~ '^sha256:[0-9a-f]{64}$'),
  fired_at       timestamptz not null,
  -- Of the one before it; null: it is the alert's first.
  previous_at    timestamptz,
  cooldown_hours integer not null check (cooldown_hours >= 1),
  read_at        timestamptz,
  -- The run that gave rise to it was undone.
  withdrawn_at   timestamptz,
  primary key (user_id, id),
  unique (user_id, content_hash),
  unique (user_id, alert_id, asof_date),
  unique (user_id, alert_id, fired_at),
  unique nulls not distinct (user_id, alert_id, previous_at),
  foreign key (user_id, alert_id) references alerts,
  foreign key (user_id, alert_id, previous_at) references notifications (user_id, alert_id, fired_at),
  check (previous_at is null or fired_at >= previous_at + cooldown_hours * interval '1 hour')
);

create index notifications_newest on notifications (user_id, fired_at desc, id desc) where withdrawn_at is null;

-- What was found of an alert at a pack; the latest look at it.
create table alert_evaluations (
  user_id          uuid not null,
  alert_id         uuid not null,
  pack_id          text not null references pricing_packs,
  -- Of the condition as it was then.
  condition_digest text not null,
  outcome          text not null check (outcome in ('fires', 'does_not_fire', 'not_available')),
  sentence         text not null,
  reason           text,
  evaluated_at     timestamptz not null default clock_timestamp(),
  primary key (user_id, alert_id, pack_id),
  foreign key (user_id, alert_id) references alerts,
  check ((outcome = 'not_available') = (reason is not null))
);

-- Evaluations that failed, and when they are tried again.
create table alert_dead_letters (
  user_id       uuid not null,
  id            uuid not null,
  alert_id      uuid not null,
  pack_id       text not null references pricing_packs,
  attempts      integer not null check (attempts >= 1),
  status        text not null check (status in ('retrying', 'failed', 'resolved')),
  code          text not null,
  message       text not null,
  next_retry_at timestamptz,
  created_at    timestamptz not null default clock_timestamp(),
  updated_at    timestamptz not null default clock_timestamp(),
  primary key (user_id, id),
  unique (user_id, alert_id, pack_id),
  foreign key (user_id, alert_id) references alerts,
  check ((status = 'retrying') = (next_retry_at is not null))
);

do $$
declare owned text;
begin
  foreach owned in array array['alerts', 'notifications', 'alert_evaluations', 'alert_dead_letters']
  loop
    execute format('alter table %I enable row level security', owned);
    execute format('alter table %I force row level security', owned);
    execute format($policy$create policy %I on %I
      using (user_id = nullif(current_setting('app.user_id', true), '')::uuid)$policy$, owned || '_own', owned);
  end loop;
end $$;

-- Who has alerts: the nightly evaluation goes through all of them, each as its owner. As with `portfolio_index` it holds
-- ids and nothing else, and its column is not called user_id because no policy guards it.
create table alert_owners (owner_id uuid primary key);

create function note_alert_owner() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
begin
  insert into alert_owners (owner_id) values (new.user_id) on conflict do nothing;
  return null;
end $$;

create trigger alerts_owner after insert on alerts for each row execute function note_alert_owner();
