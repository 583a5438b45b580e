-- Up Migration
-- What a real ledger brings: splits, withheld taxes, lots older than the entry that opened them, and its own balances.

alter table transactions drop constraint transactions_type_check;
alter table transactions add constraint transactions_type_check check (type in
  ('BUY', 'SELL', 'SPLIT', 'DIVIDEND', 'INTEREST', 'FEE', 'TAX', 'DEPOSIT', 'WITHDRAWAL', 'FX_CONVERSION'));
-- Where `line` is counted; null: in the ledger's first file, not in one that it includes.
alter table transactions add column file text;

-- The day from which the portfolio holds the lot. `acquired_on` is the day of its cost: a split, or shares that somebody
-- brought along, open a lot that was bought before. Type and expression fill the column, as no row may be updated.
alter table lots add column opened_on date;
alter table lots alter column opened_on type date using acquired_on;
alter table lots alter column opened_on set not null;

-- What the ledger's legs add up to, apart from lots and cash movements: what these are reconciled with. One row for each
-- day on which the balance of an account changed, with that of its evening.
create table ledger_balances (
  user_id            uuid not null,
  portfolio_id       uuid not null,
  ledger_commit_hash text not null,
  account            text not null,
  commodity          text not null,
  date               date not null,
  balance            numeric not null,
  primary key (user_id, portfolio_id, ledger_commit_hash, account, commodity, date),
  foreign key (user_id, portfolio_id, ledger_commit_hash) references ledger_commits
);

create trigger ledger_balances_stay before update or delete or truncate on ledger_balances
  for each statement execute function refuse_change();
alter table ledger_balances enable row level security;
alter table ledger_balances force row level security;
create policy ledger_balances_own on ledger_balances
  using (user_id = nullif(current_setting('app.user_id', true), '')::uuid);

-- The demo's ledgers are read once more, for their balances.
delete from seeds where name = 'demo';
