/** The agent `claude_agent`: texts of a language model about data that it is given. */
import { claudeCatalogue } from '../../src/capabilities/claude';
import { defineAgent } from '../agent';

type Name = keyof typeof claudeCatalogue;
const names = Object.keys(claudeCatalogue) as Name[];

export const claudeAgent = defineAgent('claude_agent', names, (_services: unknown) => ({}));
