import { type Entities, listEntities } from './entities';
import { extractKeywords, type Keyword } from './keywords';
import { describeLanguage, type LanguageStatistics } from './language';
import { measureReadability, type Readability } from './readability';
import { measureSentiment, type Sentiment } from './sentiment';
import { summarise, type Summary } from './summary';
import type { TextReader } from './text-reader';

export const ANALYSIS_TASKS = ['sentiment', 'entities', 'keywords', 'summary', 'readability', 'language'] as const;
export type AnalysisTask = (typeof ANALYSIS_TASKS)[number];

export interface AnalysisRequest {
  readonly text: string;
  readonly tasks: readonly AnalysisTask[];
}

/** One field for each task that was asked for. */
export interface AnalysisResult {
  sentiment?: Sentiment;
  entities?: Entities;
  keywords?: readonly Keyword[];
  summary?: Summary;
  readability?: Readability | null;
  language?: LanguageStatistics;
}

/** Runs the tasks on one text. Deterministic: the same text and tasks give the same result on every miner. */
export function analyse(request: AnalysisRequest, read: TextReader): AnalysisResult {
  const text = read(request.text);
  const wanted = new Set(request.tasks);
  return {
    ...(wanted.has('sentiment') && { sentiment: measureSentiment(text) }),
    ...(wanted.has('entities') && { entities: listEntities(text) }),
    ...(wanted.has('keywords') && { keywords: extractKeywords(text) }),
    ...(wanted.has('summary') && { summary: summarise(text) }),
    ...(wanted.has('readability') && { readability: measureReadability(text) }),
    ...(wanted.has('language') && { language: describeLanguage(text, request.text.length) }),
  };
}
