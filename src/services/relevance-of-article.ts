/** How much an article is about each company of a list. */
import { type Entity, mentionOf, type Term, termsOf } from './relevance-terms';

export interface ReadArticle {
  title: string;
  description: string | null;
  content: string | null;
}

export type Place = 'title_alone' | 'title' | 'description' | 'content';

export interface Match {
  symbol: string;
  /** By which it was found. */
  matched: Term['kind'];
  term: string;
  /** The best place it stands in. */
  where: Place;
  /** 0 to 1, by the place. */
  relevance: number;
}

/** Judgements, not measurements. */
export const relevanceByPlace: Readonly<Record<Place, number>> = {
  title_alone: 1,
  title: 0.85,
  description: 0.7,
  content: 0.5,
};

export const relevanceConvention = {
  by_place: relevanceByPlace,
  words:
    'symbol or name as whole words; the name without its legal form; symbols under three letters only as $V or NYSE: V',
} as const;

const places = Object.keys(relevanceByPlace) as Place[];

/** Returns what finds one match for each company that an article names, in the order of the list. */
export function relevanceTo(entities: readonly Entity[]): (article: ReadArticle) => Match[] {
  const known = entities.map((entity) => ({
    symbol: entity.symbol,
    terms: termsOf(entity).map((term) => ({ ...term, isIn: mentionOf(term) })),
  }));
  return (article) =>
    known.flatMap(({ symbol, terms }) => {
      for (const where of places) {
        const term = terms.find((one) => standsIn(article, where, one));
        if (term) {
          const relevance = relevanceByPlace[where];
          return [{ symbol, matched: term.kind, term: term.text, where, relevance }];
        }
      }
      return [];
    });
}

function standsIn(
  article: ReadArticle,
  where: Place,
  { text, isIn }: Term & { isIn: (text: string) => boolean },
): boolean {
  if (where === 'title_alone') return article.title.trim() === text;
  return isIn(article[where] ?? '');
}
