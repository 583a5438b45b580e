/** From what a source calls itself to its entry in the register. */
import { providerRights, type ProviderRights } from './provider-rights';

/** Without regard to case, and to the word `provider:` that agents put before a name. `null`: nobody knows it. */
export function findProvider(
  source: string,
  register: readonly ProviderRights[] = providerRights,
): ProviderRights | null {
  const asked = source.replace(/^provider:/, '').toLowerCase();
  const fits = ({ known_as }: ProviderRights): boolean =>
    known_as.some((name) => isNamed(asked, name.toLowerCase()));
  return register.find(fits) ?? null;
}

/** The name, or the name and more after it: `ecbx` is not the ECB. */
function isNamed(source: string, name: string): boolean {
  if (!source.startsWith(name)) return false;
  const rest = source.slice(name.length);
  return rest === '' || /^[\s,;:(]/.test(rest);
}
