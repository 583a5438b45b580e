/** The agent `claude_agent`: texts of a language model about data that it is given. */
import { claudeCatalogue } from '../../src/capabilities/claude';
import { providersWithoutKeys } from '../../src/providers/providers';
import { type Call, defineAgent } from '../agent';
import type { ProviderServices } from '../provider-services';
import { askModel, type Question } from './answer';

type Name = keyof typeof claudeCatalogue;
const names = Object.keys(claudeCatalogue) as Name[];

const usualWords = 200;

export const claudeAgent = defineAgent(
  'claude_agent',
  names,
  ({ providers = providersWithoutKeys() }: ProviderServices) => {
    const ask = (question: Question, { signal }: Pick<Call, 'signal'>): ReturnType<typeof askModel> =>
      askModel(providers.anthropic, question, signal);
    return {
      'ai.explain': ({ topic, data }, call) => ask({ task: 'explain', request: { topic }, data }, call),
      'claude.explain': ({ subject, context }, call) =>
        ask({ task: 'explain', request: { topic: subject }, data: context }, call),
      'claude.summarize': ({ content, max_words = usualWords }, call) =>
        ask({ task: 'summarize', request: { max_words }, data: content }, call),
      'claude.analyze': ({ data, analysis_type }, call) =>
        ask({ task: 'analyze', request: { analysis_type }, data }, call),
      'claude.financial_qa': ({ question, context }, call) =>
        ask({ task: 'financial_qa', request: { question }, data: context }, call),
      'claude.scenario_analysis': ({ scenario, portfolio_data }, call) =>
        ask({ task: 'scenario_analysis', request: { scenario }, data: portfolio_data }, call),
      'claude.portfolio_advice': ({ portfolio_data }, call) =>
        ask({ task: 'portfolio_advice', request: {}, data: portfolio_data }, call),
    };
  },
);
