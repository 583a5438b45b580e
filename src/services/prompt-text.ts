/** The prompt of a question to a language model, and the hash by which it can be told again. */
import { digest } from '../canonical';
import { promptVersion, type PromptTask, systemOf } from './prompt-tasks';

export interface Prompt {
  system: string;
  content: string;
  /** Of both, the version, the model and the longest answer: an equal hash is an equal question. */
  sha256: string;
}

/** Of request and data in JSON, in characters. */
export const longestData = 200_000;

/** @returns `null` where the data is longer than `longestData` */
export function promptOf(
  task: PromptTask,
  { request, data }: { request: Readonly<Record<string, unknown>>; data: unknown },
  { model, maximumTokens }: { model: string; maximumTokens: number },
): Prompt | null {
  const content = `${marked('request', request)}\n${marked('data', data)}`;
  if (content.length > longestData) return null;
  const system = systemOf(task);
  return { system, content, sha256: digest({ promptVersion, system, content, model, maximumTokens }) };
}

/** No text in it can end the mark: JSON holds `<` as `\u003c`, which means the same. */
function marked(name: string, value: unknown): string {
  return `<${name}>\n${JSON.stringify(value).replaceAll('<', '\\u003c')}\n</${name}>`;
}
