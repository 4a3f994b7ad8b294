import { share } from './round';
import type { ReadText } from './text-reader';

export interface LanguageStatistics {
  /** `en`, or `undetermined` for another language or too few words: no other language is told apart. */
  readonly language: 'en' | 'undetermined';
  /** Share of the words that are English stop words; 0.4–0.6 in English prose, below 0.3 in its neighbours. */
  readonly english_likeness: number;
  readonly method: 'stop_word_coverage';
  readonly characters: number;
  readonly sentences: number;
  readonly tokens: number;
  readonly words: number;
  readonly distinct_words: number;
  /** Distinct words by words; falls with length, so compare texts of like length only. */
  readonly type_token_ratio: number;
  readonly mean_words_per_sentence: number;
  readonly mean_word_length: number;
}

const MIN_WORDS = 8;
const MIN_LIKENESS = 0.3;

/** Counts of a text, and whether it reads like English by how many of its words are English stop words. */
export function describeLanguage(text: ReadText, characters: number): LanguageStatistics {
  const words = text.sentences.flatMap((sentence) => sentence.words);
  const likeness = share(words.filter((word) => word.isStopWord).length, words.length);
  const distinct = new Set(words.map((word) => word.normal)).size;
  const letters = words.reduce((total, word) => total + word.normal.length, 0);
  return {
    language: words.length >= MIN_WORDS && likeness >= MIN_LIKENESS ? 'en' : 'undetermined',
    english_likeness: likeness,
    method: 'stop_word_coverage',
    characters,
    sentences: text.sentences.length,
    tokens: text.tokenCount,
    words: words.length,
    distinct_words: distinct,
    type_token_ratio: share(distinct, words.length),
    mean_words_per_sentence: share(words.length, text.sentences.length),
    mean_word_length: share(letters, words.length),
  };
}
