import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { checkApi } from './api';

const pack = (day: string, status: string): object => ({ id: `PP_${day}`, date: day, status });
const health = {
  status: 'ok',
  temporal: { status: 'up' },
  postgresql: { status: 'up' },
  workflows: { pollers: 1 },
  agents: {},
  patterns: { ready: 1, broken: 0 },
};

async function told(body: object): Promise<string> {
  const server = createServer((_req, res) => res.end(JSON.stringify({ ...health, ...body })));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const { level, message } = await checkApi(url, true);
  server.closeAllConnections();
  server.close();
  return `${level} ${message.replace(`${url}: `, '')}`;
}

const [old, young] = [pack('2013-02-28', 'fresh'), pack('2013-03-01', 'warming')];

it.each([
  [{ latest_pack: old, fresh_pack: old }, 'ok 1 pattern, newest fresh pack PP_2013-02-28'],
  [{ latest_pack: young, fresh_pack: old }, 'ok 1 pattern, newest fresh pack PP_2013-02-28 (the newest, PP_2013-03-01, is warming)'],
  [{ latest_pack: young, fresh_pack: null }, 'warn no fresh pack (the newest, PP_2013-03-01, is warming)'],
  [{ latest_pack: null, fresh_pack: null }, 'warn no pricing pack'],
  [{ latest_pack: young }, 'ok 1 pattern, newest pack PP_2013-03-01 (warming)'],
  [{ latest_pack: old, fresh_pack: old, patterns: { ready: 1, broken: 2 } }, 'warn 2 patterns cannot run: dawsos patterns'],
])('says of the API with %j on which prices it runs', async (body, text) => {
  expect(await told(body)).toBe(text);
}); // prettier-ignore
