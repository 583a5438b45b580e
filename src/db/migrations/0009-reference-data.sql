-- Up Migration
-- More of what a pack fixes: benchmarks, series such as factor returns, and corporate actions, all as of the day they
-- were known; and where a security belongs.

alter table securities
  drop constraint securities_asset_class_check,
  add constraint securities_asset_class_check check (asset_class in ('equity', 'fund', 'index')),
  -- null: not classified.
  add column sector text,
  -- Of an index: whether its level has the dividends in it. null: it is no index.
  add column is_total_return boolean,
  add constraint securities_index_kind check ((asset_class = 'index') = (is_total_return is not null));

-- What a series measures, and in which unit its values are kept: as published.
create table series (
  id        text primary key,
  name      text not null,
  unit      text not null check (unit in ('percent', 'fraction', 'level', 'currency')),
  frequency text not null check (frequency in ('daily', 'weekly', 'monthly', 'quarterly', 'yearly')),
  source    text not null
);

-- Values that became known on the pack's day. A revision is another value for the same period, in a later pack.
create table pack_observations (
  pack_id    text not null references pricing_packs,
  series_id  text not null references series,
  period_end date not null,
  value      numeric not null,
  primary key (pack_id, series_id, period_end)
);

-- Corporate actions that became known on the pack's day. `amount` is cash per share, `ratio` new shares for one old.
create table pack_actions (
  pack_id     text not null references pricing_packs,
  security_id uuid not null references securities,
  type        text not null check (type in ('dividend', 'split')),
  ex_date     date not null,
  pay_date    date,
  amount      numeric check (amount > 0),
  currency    text check (currency ~ '^[A-Z]{3}$'),
  ratio       numeric check (ratio > 0),
  primary key (pack_id, security_id, type, ex_date),
  check ((type = 'dividend') = (amount is not null and currency is not null)),
  check ((type = 'split') = (ratio is not null))
);

create trigger pack_observations_guard after insert on pack_observations
  referencing new table as added for each statement execute function guard_pack_content();
create trigger pack_actions_guard after insert on pack_actions
  referencing new table as added for each statement execute function guard_pack_content();
create trigger pack_observations_stay before update or delete or truncate on pack_observations
  for each statement execute function refuse_change();
create trigger pack_actions_stay before update or delete or truncate on pack_actions
  for each statement execute function refuse_change();
