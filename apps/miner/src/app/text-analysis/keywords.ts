import { connect, pageRank } from './page-rank';
import { round } from './round';
import type { ReadText, Word } from './text-reader';

export interface Keyword {
  readonly phrase: string;
  /** Mean TextRank score of its words; only comparable within one text. */
  readonly score: number;
  readonly occurrences: number;
}

const MAX_KEYWORDS = 10;
const MAX_PHRASE_WORDS = 4;
/** Words within this many positions of each other belong together; the paper tries 2 to 10. */
const WINDOW = 6;
const KEYWORD_TAGS = new Set(['NOUN', 'PROPN', 'ADJ']);

/**
 * Keywords by TextRank (Mihalcea & Tarau 2004, section 3.1): lemmas of nouns, proper nouns and adjectives are nodes,
 * connected when they stand within six words of each other in a sentence; the highest third of the lemmas by PageRank
 * is kept and those that stand side by side are joined to phrases, of which those with a noun remain, sorted by mean
 * score, then by first appearance.
 */
export function extractKeywords(text: ReadText): Keyword[] {
  const candidates = text.sentences.map((sentence) => sentence.words.filter(isCandidate));
  const scores = pageRank(coOccurrences(candidates));
  const kept = strongest(scores);
  const found = new Map<string, { score: number; occurrences: number }>();
  for (const phrase of candidates.flatMap((words) => phrases(words, kept))) {
    const name = phrase.map((word) => word.normal).join(' ');
    const score = phrase.reduce((total, word) => total + (scores.get(word.lemma) ?? 0), 0) / phrase.length;
    found.set(name, { score, occurrences: (found.get(name)?.occurrences ?? 0) + 1 });
  }
  return [...found]
    .map(([phrase, { score, occurrences }]) => ({ phrase, score: round(score), occurrences }))
    .sort((a, b) => b.score - a.score)
    .slice(0, MAX_KEYWORDS);
}

function isCandidate(word: Word): boolean {
  return KEYWORD_TAGS.has(word.pos) && !word.isStopWord && word.normal.length > 1;
}

function coOccurrences(sentences: readonly Word[][]): Map<string, Map<string, number>> {
  const graph = new Map<string, Map<string, number>>();
  for (const words of sentences) {
    for (const [index, word] of words.entries()) {
      if (!graph.has(word.lemma)) graph.set(word.lemma, new Map());
      for (const other of words.slice(index + 1, index + WINDOW)) {
        const near = other.position - word.position < WINDOW;
        if (near && other.lemma !== word.lemma) connect(graph, word.lemma, other.lemma, 1);
      }
    }
  }
  return graph;
}

function strongest(scores: ReadonlyMap<string, number>): Set<string> {
  const ranked = [...scores].sort(([, a], [, b]) => b - a);
  const count = Math.max(Math.ceil(ranked.length / 3), Math.min(ranked.length, MAX_KEYWORDS));
  return new Set(ranked.slice(0, count).map(([lemma]) => lemma));
}

/** Runs of kept words without anything between them. */
function phrases(words: readonly Word[], kept: ReadonlySet<string>): Word[][] {
  const runs: Word[][] = [];
  for (const word of words) {
    if (!kept.has(word.lemma)) continue;
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run && last && last.position + 1 === word.position && run.length < MAX_PHRASE_WORDS) run.push(word);
    else runs.push([word]);
  }
  return runs.filter((run) => run.some((word) => word.pos !== 'ADJ'));
}
