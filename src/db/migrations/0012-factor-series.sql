-- Up Migration
-- What the columns of `factors.csv` are (src/packs/fact-files.ts), also where there is no demo that would say so.

insert into series (id, name, unit, frequency, source) values
  ('FF3.MKT_RF', 'US market return less the risk-free rate', 'percent', 'monthly', 'K. R. French data library'),
  ('FF3.SMB', 'Small minus big: return of small less large companies', 'percent', 'monthly', 'K. R. French data library'),
  ('FF3.HML', 'High minus low: return of value less growth companies', 'percent', 'monthly', 'K. R. French data library'),
  ('FF3.RF', 'Risk-free rate: one-month US Treasury bill', 'percent', 'monthly', 'K. R. French data library')
on conflict (id) do nothing;
