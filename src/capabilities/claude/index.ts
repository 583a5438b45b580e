/** What can be asked of the agent `claude_agent`: texts of a language model about data that it is given. */

export const claudeCatalogue = {} as const;
