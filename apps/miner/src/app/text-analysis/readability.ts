import { round } from './round';
import { countSyllables } from './syllables';
import type { ReadText } from './text-reader';

export interface Readability {
  /** 206.835 − 1.015·(words/sentence) − 84.6·(syllables/word): 90+ very easy, 60–70 plain English, below 30 very hard. */
  readonly flesch_reading_ease: number;
  /** 0.39·(words/sentence) + 11.8·(syllables/word) − 15.59: US school grade. */
  readonly flesch_kincaid_grade: number;
  readonly words: number;
  readonly sentences: number;
  readonly syllables: number;
  readonly words_per_sentence: number;
  readonly syllables_per_word: number;
}

/**
 * Flesch reading ease (Flesch 1948) and Flesch–Kincaid grade level (Kincaid et al. 1975). A text without a word has
 * neither.
 */
export function measureReadability(text: ReadText): Readability | null {
  const words = text.sentences.flatMap((sentence) => sentence.words);
  const sentences = text.sentences.filter((sentence) => sentence.words.length > 0).length;
  if (words.length === 0) return null;
  const syllables = words.reduce((total, word) => total + countSyllables(word.normal), 0);
  const wordsPerSentence = words.length / sentences;
  const syllablesPerWord = syllables / words.length;
  return {
    flesch_reading_ease: round(206.835 - 1.015 * wordsPerSentence - 84.6 * syllablesPerWord),
    flesch_kincaid_grade: round(0.39 * wordsPerSentence + 11.8 * syllablesPerWord - 15.59),
    words: words.length,
    sentences,
    syllables,
    words_per_sentence: round(wordsPerSentence),
    syllables_per_word: round(syllablesPerWord),
  };
}
