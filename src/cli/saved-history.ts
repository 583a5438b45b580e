/** Histories of workflows as files, the way `temporal workflow show -o json` saves them. */
import { readFileSync } from 'node:fs';
import { parseJson } from '../pattern/parse-json';
import { messageOf } from './cli-error';

export interface SavedHistory {
  events: { workflowExecutionStartedEventAttributes?: { workflowId?: string } }[];
}

const how = 'save one with `temporal workflow show -w exec-ID -o json > run.json`';

/** The history, or what is wrong with the file, to be read after its name. */
export function readHistory(file: string): SavedHistory | string {
  let content: unknown;
  try {
    content = parseJson(readFileSync(file, 'utf8'));
  } catch (error) {
    return error instanceof SyntaxError ? `${error.message}; ${how}` : `cannot be read: ${messageOf(error)}`;
  }
  return isHistory(content) ? content : `is no Temporal history; ${how}`;
}

/** The first event of every history says how the workflow started. */
function isHistory(content: unknown): content is SavedHistory {
  const { events } = (content ?? {}) as { events?: unknown };
  if (!Array.isArray(events)) return false;
  const [first] = events as unknown[];
  return typeof first === 'object' && first !== null && 'workflowExecutionStartedEventAttributes' in first;
}

/** A run's id is part of the ids of its sub-patterns and of its effect keys; older servers do not write it down. */
export function workflowIdOf({ events }: SavedHistory): string | undefined {
  return events[0]?.workflowExecutionStartedEventAttributes?.workflowId;
}
