import { serviceKind, text } from './service-kind';

const TEXT_TASKS = ['sentiment', 'entities', 'keywords', 'summary', 'readability', 'language'];

export const textAnalysis = serviceKind(
  {
    type: 'text_analysis',
    name: 'Text analysis',
    description: 'Sentiment, entities, keywords, summary, readability and language of a text.',
  },
  ['text', 'tasks'],
  {
    text: text(100_000),
    tasks: { type: 'array', items: { type: 'string', enum: TEXT_TASKS }, minItems: 1, uniqueItems: true },
  },
);
