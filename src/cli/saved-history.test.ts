import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readHistory, workflowIdOf } from './saved-history';

const folder = mkdtempSync(path.join(tmpdir(), 'histories-'));
function fileOf(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

it('reads every recorded history', () => {
  const recorded = path.join(__dirname, '../../tests/histories');
  for (const name of readdirSync(recorded).filter((one) => one.endsWith('.json'))) {
    expect(readHistory(path.join(recorded, name))).toHaveProperty('events');
  }
});

it('knows the workflow that it is of', () => {
  const events = [{ workflowExecutionStartedEventAttributes: { workflowId: 'exec-1' } }];
  const history = readHistory(fileOf('run.json', JSON.stringify({ events })));
  expect(typeof history === 'string' ? history : workflowIdOf(history)).toBe('exec-1');
});

it.each([
  ['package.json', '{"name": "x"}'],
  ['null.json', 'null'],
  ['list.json', '[]'],
  ['empty.json', '{"events": []}'],
  ['other.json', '{"events": [{"type": "click"}]}'],
])('says of %s that it is no history', (name, text) => {
  expect(readHistory(fileOf(name, text))).toMatch(/^is no Temporal history; save one with/);
});

it('says where a file is no JSON, and that one is not there', () => {
  expect(readHistory(fileOf('broken.json', '{'))).toMatch(/^is not valid JSON: line 1, column 2: /);
  expect(readHistory(path.join(folder, 'none.json'))).toMatch(/^cannot be read: .*ENOENT/);
});
