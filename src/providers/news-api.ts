/** NewsAPI's search in articles. https://newsapi.org/docs/endpoints/everything */
import { Type } from '@sinclair/typebox';
import { askJson, malformed, shapeOf } from './http-json';
import type { AskText } from './http-text';
import { requireKey } from './require-key';

const provider = 'NewsAPI';
const Text = Type.Union([Type.String(), Type.Null()]);
const shape = shapeOf(
  Type.Object({
    status: Type.Literal('ok'),
    totalResults: Type.Integer({ minimum: 0 }),
    articles: Type.Array(
      Type.Object({
        source: Type.Object({ name: Text }),
        author: Type.Optional(Text),
        title: Text,
        description: Type.Optional(Text),
        url: Type.String(),
        publishedAt: Type.String(),
        content: Type.Optional(Text),
      }),
    ),
  }),
);

export interface Article {
  title: string;
  description: string | null;
  /** The first 200 characters that the provider gives. */
  content: string | null;
  url: string;
  source_name: string | null;
  author: string | null;
  /** UTC, `2026-11-26T09:30:00.000Z`. */
  published_at: string;
}

export interface ArticlesAsked {
  /** NewsAPI's query language; at most 500 characters. */
  query: string;
  /** UTC instants. */
  from: string;
  to: string;
  /** The newest so many, at most 100. */
  limit: number;
  language?: string;
  signal?: AbortSignal;
}

export interface NewsApi {
  /** The newest first, as many as asked for; what lies outside of the window is not taken. */
  articles(asked: ArticlesAsked): Promise<{ total: number; articles: Article[] }>;
}

/** What stands in place of an article that was taken back. */
const removed = '[Removed]';

export function newsApi(ask: AskText, key: string | null): NewsApi {
  return {
    async articles({ query, from, to, limit, language = 'en', signal }) {
      requireKey(provider, 'NEWSAPI_KEY', key);
      const asked = {
        q: query,
        ...{ from: instant(from), to: instant(to), language },
        ...{ sortBy: 'publishedAt', pageSize: String(limit), page: '1' },
      };
      const request = { path: '/v2/everything', query: asked, ...(signal && { signal }) };
      const { totalResults, articles } = await askJson(ask, request, { shape, provider });
      return {
        total: totalResults,
        articles: articles
          .flatMap((article, at): Article[] => {
            const { title, url, publishedAt, source } = article;
            if (title === null || title === removed) return [];
            return [
              {
                title,
                description: article.description ?? null,
                content: article.content ?? null,
                url: webAddress(url, at),
                source_name: source.name,
                author: article.author ?? null,
                published_at: utc(publishedAt, at),
              },
            ];
          })
          .filter(({ published_at: at }) => isWithin(at, from, to))
          .sort((a, b) => (a.published_at < b.published_at ? 1 : -1))
          .slice(0, limit),
      };
    },
  };
}

/** NewsAPI takes no fractions of seconds. */
function instant(iso: string): string {
  return `${iso.slice(0, 19)}Z`;
}

/** By whole seconds, as it was asked. */
function isWithin(at: string, from: string, to: string): boolean {
  return instant(from) <= instant(at) && instant(at) <= instant(to);
}

function utc(text: string, at: number): string {
  const time = Date.parse(text);
  if (Number.isNaN(time) || !/[Zz]|[+-]\d{2}:?\d{2}$/.test(text))
    throw malformed(provider, `article ${String(at)}: no time with its zone`);
  return new Date(time).toISOString();
}

/** A reader follows it, so it is one of the web or none. */
function webAddress(text: string, at: number): string {
  // Node 20 has no URL.parse.
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:')
    throw malformed(provider, `article ${String(at)}: no address of the web`);
  return url.href;
}
