/** Finds the source that the nightly order was told to take. */
import type { PackSourceSpec } from '../contract/nightly';
import { csvFolderSource } from './csv-folder';
import { httpSource } from './http-source';
import type { PackSource } from './pack-source';
import type { Providers } from './providers';

/** Returns the function that finds it. */
export function packSources(providers: Providers): (spec: PackSourceSpec) => PackSource {
  const http = httpSource(providers);
  return (spec) => (spec.kind === 'folder' ? csvFolderSource(spec.path) : http);
}
