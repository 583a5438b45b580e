/** What can be asked of the agent `claude_agent`: texts of a language model about data that it is given. */
import { Type } from '@sinclair/typebox';
import { modelCapability } from './define';

const Data = (description: string) => Type.Unknown({ description });
const Text = (description: string, maxLength = 2000) => Type.String({ minLength: 1, maxLength, description });

export const claudeCatalogue = {
  'ai.explain': modelCapability('ai.explain', 'Explains in words what data says about a topic.', {
    topic: Text('what is to be explained', 500),
    data: Data('all that the model is told of it'),
  }),
  'claude.explain': modelCapability('claude.explain', 'Explains a subject from its context.', {
    subject: Text('what is to be explained', 500),
    context: Data('all that the model is told of it'),
  }),
  'claude.summarize': modelCapability('claude.summarize', 'Summarises content.', {
    content: Data('text, or data'),
    max_words: Type.Optional(
      Type.Integer({ minimum: 20, maximum: 500, description: 'of the summary; left out: 200' }),
    ),
  }),
  'claude.analyze': modelCapability('claude.analyze', 'Says what stands out in data.', {
    data: Data('what is to be analysed'),
    analysis_type: Text('in which way, such as “risk” or “income”', 200),
  }),
  'claude.financial_qa': modelCapability(
    'claude.financial_qa',
    'Answers a question from data, and from nothing else.',
    {
      question: Text('in English'),
      context: Data('what the answer is to be found in'),
    },
  ),
  'claude.scenario_analysis': modelCapability(
    'claude.scenario_analysis',
    'Describes what a scenario does to a portfolio.',
    {
      scenario: Data('its name, shocks and results'),
      portfolio_data: Data('holdings with their values'),
    },
  ),
  'claude.portfolio_advice': modelCapability(
    'claude.portfolio_advice',
    'Names what in a portfolio deserves a closer look. It recommends no trade.',
    { portfolio_data: Data('holdings, measures, missing data') },
  ),
} as const;
