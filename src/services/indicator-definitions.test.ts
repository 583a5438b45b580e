/** The indicators' series are those that the database knows, or that somebody has to read in. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import demo from '../../demo/demo.json';
import { indicatorIds } from '../contract/macro-names';
import { ageLimits, indicators, seriesOf, zWindows } from './indicator-definitions';

const migration = readFileSync(path.join(__dirname, '../db/migrations/0014-economic-series.sql'), 'utf8');
const known = new Set([
  ...[...migration.matchAll(/^ {2}\('([A-Z0-9]+)',/gm)].map(([, id]) => id),
  ...demo.series.map(({ id }) => id),
]);

it('are known, but for those of world and society that no source of this project has', () => {
  expect(seriesOf(indicatorIds).filter((id) => !known.has(id))).toEqual([
    ...['WORLD_GDP_SHARE', 'RESERVE_SHARE', 'MILITARY_SHARE', 'EDUCATION', 'INNOVATION', 'CONFLICT'],
    ...['TRUST', 'POLARISATION'],
  ]);
});

it('have an age limit and a window for each frequency', () => {
  for (const { frequency } of Object.values(indicators)) {
    expect(ageLimits[frequency]).toBeGreaterThan(0);
    expect(zWindows[frequency].least).toBeGreaterThan(1);
  }
});
