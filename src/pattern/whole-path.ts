/** A sub-pattern's steps have paths of their own; people know the ones from the top. */
import type { RunPatternInput } from './plan';

export function wholePath({ parent_path }: Pick<RunPatternInput, 'parent_path'>, path: string): string {
  return parent_path === undefined ? path : `${parent_path}.${path}`;
}
