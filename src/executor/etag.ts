/** Answers that a client may keep: a strong ETag of what they say, and 304 for whoever has it already. */
import type { Request, Response } from 'express';
import { digest } from '../canonical';

/** 200 with the body and its ETag, or 304 when `If-None-Match` names it. To be kept by its owner, and asked for each time. */
export function sendWithETag(req: Request, res: Response, body: object): void {
  const etag = `"${digest(body)}"`;
  res.setHeader('ETag', etag).setHeader('Cache-Control', 'private, no-cache');
  if (matches(req.get('If-None-Match'), etag)) res.status(304).end();
  else res.json(body);
}

/**
 * RFC 9110, 13.1.2: a list or `*`, compared weakly. Not left to Express, which answers 200 to a request with
 * `Cache-Control: no-cache`, and `fetch` sends that beside every `If-None-Match`.
 */
function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header.trim() === '*') return true;
  return [...header.matchAll(/(?:W\/)?("[^"]*")/g)].some(([, tag]) => tag === etag);
}
