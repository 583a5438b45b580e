/** Names of exported files: safe for every file system and in a header. */

/** `DawsOS_<pattern>_<portfolio>_<date>.<format>`; letters keep their case, accents go, everything else becomes `-`. */
export function fileNameOf(parts: readonly (string | null)[], format: string): string {
  const named = ['DawsOS', ...parts].flatMap((part) => safe(part ?? '')).join('_');
  return `${named}.${format}`;
}

function safe(part: string): string[] {
  const plain = part
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return plain === '' ? [] : [plain];
}
