/** A request's JSON body: read within limits, parsed, and refused when it holds what could harm whoever walks it. */
import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { EngineError, type Problem } from '../contract/errors';
import { escapePointer } from '../validate';

export const maximumBodyBytes = 256 * 1024;
export const maximumDepth = 32;

/** Leaves the parsed value in `req.body`. Bytes are parsed here, not by Express, whose errors carry the body. */
export function jsonBody(): RequestHandler[] {
  return [requireJson, express.raw({ limit: maximumBodyBytes, type: () => true }), parseBody];
}

function requireJson(req: Request, _res: Response, next: NextFunction): void {
  const type = req.headers['content-type'] ?? '';
  if (!/^application\/json *(; *charset="?utf-8"? *)?$/i.test(type)) {
    throw new EngineError(
      'MEDIA_TYPE_UNSUPPORTED',
      `The body’s type is ${JSON.stringify(type.slice(0, 100))}.`,
    );
  }
  next();
}

function parseBody(req: Request, _res: Response, next: NextFunction): void {
  const bytes: unknown = req.body;
  req.body = parseJson(Buffer.isBuffer(bytes) ? bytes : Buffer.alloc(0));
  next();
}

/** @throws EngineError REQUEST_INVALID for what is no JSON, nests too deep, or has a member `__proto__` or broken text */
export function parseJson(bytes: Buffer): unknown {
  if (depthOf(bytes) > maximumDepth) {
    throw new EngineError('REQUEST_INVALID', `The body nests deeper than ${String(maximumDepth)} levels.`);
  }
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new EngineError('REQUEST_INVALID', 'The body is not valid JSON in UTF-8.');
  }
  const problems = harmfulMembers(value, '');
  if (problems.length > 0) {
    throw new EngineError('REQUEST_INVALID', 'The body has members that are never accepted.', { problems });
  }
  return value;
}

/** Counted on the bytes, before a parser or anything recursive meets them. */
function depthOf(bytes: Buffer): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (quoted) {
      if (byte === 0x5c) at += 1;
      else if (byte === 0x22) quoted = false;
    } else if (byte === 0x22) quoted = true;
    else if (byte === 0x5b || byte === 0x7b) deepest = Math.max(deepest, (depth += 1));
    else if (byte === 0x5d || byte === 0x7d) depth -= 1;
  }
  return deepest;
}

function harmfulMembers(value: unknown, pointer: string): Problem[] {
  if (typeof value === 'string')
    return value.isWellFormed() ? [] : [problem(pointer, 'has a lone surrogate')];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const at = `${pointer}/${escapePointer(name)}`;
    if (name === '__proto__') return [problem(at, 'a member may not be named "__proto__"')];
    if (!name.isWellFormed()) return [problem(pointer, 'has a member whose name has a lone surrogate')];
    return harmfulMembers(member, at);
  });
}

function problem(pointer: string, message: string): Problem {
  return { code: 'REQUEST_INVALID', pointer, message };
}
