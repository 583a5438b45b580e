/** Colours, where the stream is a terminal and nobody asked for none. */
import { styleText } from 'node:util';

type Format = 'red' | 'green' | 'yellow' | 'cyan' | 'dim' | 'bold';
export type Paint = (format: Format, text: string) => string;

/** https://no-color.org: any text but the empty one turns colours off. */
export function hasColours(stream: { isTTY?: boolean }, env: NodeJS.ProcessEnv = process.env): boolean {
  return stream.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
}

export function styleOf(stream: { isTTY?: boolean }): Paint {
  if (!hasColours(stream)) return (_format, text) => text;
  return (format, text) => styleText(format, text, { validateStream: false });
}
