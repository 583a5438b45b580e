-- Up Migration
-- The series of FRED that indicators of the economy are made of (src/services/indicator-definitions.ts), so that packs are
-- built with them also where there is no demo that would say what they are.

insert into series (id, name, unit, frequency, source) values
  ('GS10', '10-year Treasury yield, constant maturity', 'percent', 'monthly', 'FRED'),
  ('GS2', '2-year Treasury yield, constant maturity', 'percent', 'monthly', 'FRED'),
  ('TB3MS', '3-month Treasury bill rate', 'percent', 'monthly', 'FRED'),
  ('BAA', 'Moody''s seasoned Baa corporate bond yield', 'percent', 'monthly', 'FRED'),
  ('AAA', 'Moody''s seasoned Aaa corporate bond yield', 'percent', 'monthly', 'FRED'),
  ('UNRATE', 'Unemployment rate', 'percent', 'monthly', 'FRED'),
  ('PAYEMS', 'Employees on nonfarm payrolls, thousands', 'level', 'monthly', 'FRED'),
  ('CPIAUCSL', 'Consumer price index, all urban consumers', 'level', 'monthly', 'FRED'),
  ('INDPRO', 'Industrial production index', 'level', 'monthly', 'FRED'),
  ('GDPC1', 'Real gross domestic product, billions of chained dollars', 'level', 'quarterly', 'FRED'),
  ('TOTBKCR', 'Bank credit of all commercial banks, billions of dollars', 'currency', 'weekly', 'FRED'),
  ('SP500', 'S&P 500 price index', 'level', 'daily', 'FRED'),
  ('OPHNFB', 'Output per hour in the nonfarm business sector, index', 'level', 'quarterly', 'FRED'),
  ('GFDEGDQ188S', 'Federal debt to gross domestic product', 'percent', 'quarterly', 'FRED'),
  ('TDSP', 'Debt service of households to disposable income', 'percent', 'quarterly', 'FRED'),
  ('DRALACBN', 'Delinquency rate of all loans at commercial banks', 'percent', 'quarterly', 'FRED'),
  ('SIPOVGINIUSA', 'Gini coefficient of incomes, 0 to 100', 'percent', 'yearly', 'FRED')
on conflict (id) do nothing;
