import { round } from './round';
import type { ReadText } from './text-reader';

export interface ScoredSentence {
  readonly index: number;
  readonly text: string;
  readonly score: number;
}

export interface Sentiment {
  /** Mean over the sentences, −1..1, from a word lexicon with negation: it reads neither irony nor context. */
  readonly score: number;
  /** `neutral` within ±0.05. */
  readonly label: 'positive' | 'neutral' | 'negative';
  readonly sentences: { readonly positive: number; readonly neutral: number; readonly negative: number };
  /** The sentence with the highest score above 0.05, if any; of equals the first. */
  readonly most_positive: ScoredSentence | null;
  readonly most_negative: ScoredSentence | null;
}

const NEUTRAL_BAND = 0.05;

/** Sentiment of the whole text and its two extreme sentences. */
export function measureSentiment(text: ReadText): Sentiment {
  const scored = text.sentences.map(({ text: words, sentiment }, index) => ({
    index,
    text: words,
    score: round(sentiment),
  }));
  const labels = scored.map((sentence) => labelOf(sentence.score));
  const byScore = [...scored].sort((a, b) => b.score - a.score || a.index - b.index);
  const highest = byScore[0];
  const lowest = byScore.findLast((sentence) => sentence.score === byScore.at(-1)?.score && sentence.score < 0);
  return {
    score: round(text.sentiment),
    label: labelOf(text.sentiment),
    sentences: {
      positive: labels.filter((label) => label === 'positive').length,
      neutral: labels.filter((label) => label === 'neutral').length,
      negative: labels.filter((label) => label === 'negative').length,
    },
    most_positive: highest && labelOf(highest.score) === 'positive' ? highest : null,
    most_negative: lowest && labelOf(lowest.score) === 'negative' ? lowest : null,
  };
}

function labelOf(score: number): 'positive' | 'neutral' | 'negative' {
  if (Math.abs(score) <= NEUTRAL_BAND) return 'neutral';
  return score > 0 ? 'positive' : 'negative';
}
