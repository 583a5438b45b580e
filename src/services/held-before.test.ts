import { heldBefore } from './held-before';

it('is what was held on the evening before, whatever moves on the day itself', () => {
  const held = heldBefore([
    { date: '2020-01-02', security_id: 'a', quantity_change: '10' },
    { date: '2020-01-02', security_id: 'b', quantity_change: '1' },
    { date: '2020-01-10', security_id: 'a', quantity_change: '-10' },
  ]);
  const on = (...days: string[]) => days.map((day) => held('a', day).toFixed());
  expect(on('2020-01-02', '2020-01-03', '2020-01-10', '2020-01-11')).toEqual(['0', '10', '10', '0']);
  expect(held('c', '2020-01-03').toFixed()).toBe('0');
});
