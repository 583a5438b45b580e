/**
 * An export as CSV: one file of sections, each a title line, a header and its rows, an empty line between; at the end
 * where the figures come from and whose data they rest on. One file and no archive: it opens with a click, has one
 * digest, and its attributions cannot get lost on the way.
 */
import { writeCsv } from './csv';
import { attributionText, type ExportDocument, provenanceOf } from './document';
import { type Cell, tablesOf } from './tables';

export function csvDocument(document: ExportDocument): string {
  const tables = document.outputs.flatMap(({ name, value }) => tablesOf(name, value));
  const sections: Cell[][][] = [
    ...tables.map(({ name, columns, rows }) => [[name], columns, ...rows]),
    [['provenance'], ...provenanceOf(document)],
    [['attributions'], ...document.attributions.map((given) => [given.provider, attributionText(given)])],
  ];
  return writeCsv(sections.flatMap((section, at) => (at === 0 ? section : [[], ...section])));
}
