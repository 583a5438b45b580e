/** Finds the source that the nightly order was told to take. */
import type { PackSourceSpec } from '../contract/nightly';
import { csvFolderSource } from './csv-folder';
import { httpSource, type HttpSourceSettings } from './http-source';
import type { PackSource } from './pack-source';

/** Returns the function that finds it. One process has one HTTP source, which keeps to the providers' limits. */
export function packSources(settings: HttpSourceSettings): (spec: PackSourceSpec) => PackSource {
  const http = httpSource(settings);
  return (spec) => (spec.kind === 'folder' ? csvFolderSource(spec.path) : http);
}
