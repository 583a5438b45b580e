/** Answers of capabilities that are not pure, kept with the execution that was given them: a provider does not say the same twice. */
import type { Remembered } from './memo';

/** Where in which execution an answer was given, and to what. */
export interface AnswerPlace {
  user_id: string;
  execution_id: string;
  /** The step's whole path, that of a sub-pattern's step too. */
  path: string;
  capability: string;
  args_digest: string;
}

export interface RecordedAnswers {
  /**
   * What this step was answered before, or else what the same step of the execution `from` was.
   * @throws EngineError DATABASE_UNAVAILABLE
   */
  find(place: AnswerPlace, from: string | null): Promise<Remembered | null>;
  /**
   * Keeps an answer, unless there is one; gives the one that is kept.
   * @throws EngineError DATABASE_UNAVAILABLE: an answer that is not kept must not be used
   */
  keep(place: AnswerPlace, answer: Remembered): Promise<Remembered>;
}
