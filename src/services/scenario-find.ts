/** Finds a scenario of the library; an unknown id is refused, with what was probably meant. */
import { EngineError } from '../contract/errors';
import { type LibraryScenario, scenarioLibrary } from './scenario-library';

/** @throws EngineError ARGS_INVALID: the library has no such scenario; `details` names all */
export function findScenario(id: string): LibraryScenario {
  const found = scenarioLibrary.find((scenario) => scenario.id === id);
  if (found) return found;
  const known = scenarioLibrary.map((scenario) => scenario.id);
  const meant = known.filter((other) => shareWord(id, other));
  const hint = meant.length > 0 ? `did you mean ${meant.join(', ')}?` : `known are ${known.join(', ')}.`;
  throw new EngineError('ARGS_INVALID', `/scenario_id: there is no scenario "${id}"; ${hint}`, {
    pointer: '/scenario_id',
    suggestions: meant,
    known,
  });
}

/** Words as in `rates_up`; those of at least three letters count, also where one begins with the other. */
function shareWord(a: string, b: string): boolean {
  const wordsOf = (id: string) =>
    id
      .toLowerCase()
      .split(/[^a-z0-9]+/)
      .filter(({ length }) => length >= 3);
  const others = wordsOf(b);
  return wordsOf(a).some((word) => others.some((other) => word.startsWith(other) || other.startsWith(word)));
}
