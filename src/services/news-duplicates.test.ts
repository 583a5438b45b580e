/** The first of equal stories stays. */
import { withoutDuplicates } from './news-duplicates';

const told = (url: string, title: string, hour: number) => ({
  url,
  title,
  published_at: `2013-02-28T${String(hour).padStart(2, '0')}:00:00.000Z`,
});

it('takes an address as the same whatever follows the path', () => {
  const kept = withoutDuplicates([
    told('https://www.a.example/story/?utm=1#x', 'One', 12),
    told('http://a.example/story', 'Two', 9),
    told('https://a.example/story/2', 'Three', 8),
  ]);
  expect(kept.map(({ title }) => title)).toEqual(['Two', 'Three']);
});

it('takes a title as the same whoever reprints it', () => {
  const kept = withoutDuplicates([
    told('https://a.example/1', 'Apple shares gain 3% - Example Times', 12),
    told('https://b.example/1', 'Apple shares gain 3 %', 9),
    told('https://c.example/1', 'Apple shares gain 4 %', 10),
  ]);
  expect(kept.map(({ url }) => url)).toEqual(['https://b.example/1', 'https://c.example/1']);
});

it('takes no title as the same that only begins as the other', () => {
  const kept = withoutDuplicates([
    told('https://a.example/1', 'Breaking News - Apple soars', 12),
    told('https://b.example/1', 'Breaking News - IBM falls', 9),
    told('https://c.example/1', 'Opinion | Apple has to change', 9),
    told('https://d.example/1', 'Opinion | IBM has to change', 9),
  ]);
  expect(kept).toHaveLength(4);
});

it('depends on no order', () => {
  const articles = [
    told('https://a.example/1', 'Same', 9),
    told('https://b.example/1', 'Same', 9),
    told('https://b.example/1', 'Other', 10),
  ];
  const urls = (list: typeof articles) => withoutDuplicates(list).map(({ url, title }) => `${url} ${title}`);
  expect(urls([...articles].reverse()).sort()).toEqual(urls(articles).sort());
});

it('is done with titles and addresses that are nothing but blanks and slashes', () => {
  const startedAt = performance.now();
  const kept = withoutDuplicates([
    told('https://a.example/1', `a${' '.repeat(200_000)}b`, 9),
    told(`https://a.example/${'/'.repeat(200_000)}b`, 'Two', 9),
  ]);
  expect(kept).toHaveLength(2);
  expect(performance.now() - startedAt).toBeLessThan(2000);
});
