/** An export as canonical JSON (RFC 8785): the same run gives the same bytes. */
import { canonicalJson } from '../canonical';
import type { ExportDocument } from './document';

export function jsonDocument({ outputs, panels: _, ...rest }: ExportDocument): string {
  const data = Object.fromEntries(outputs.map(({ name, value }) => [name, value]));
  const providers = Object.fromEntries(outputs.map((output) => [output.name, output.providers]));
  return `${canonicalJson({ ...rest, data, providers })}\n`;
}
