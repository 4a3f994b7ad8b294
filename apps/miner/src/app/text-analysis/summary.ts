import { connect, pageRank } from './page-rank';
import { round } from './round';
import type { ReadText, Sentence } from './text-reader';

export interface Summary {
  /** The chosen sentences, word for word, in the order of the text. */
  readonly text: string;
  readonly sentences: readonly { readonly index: number; readonly text: string; readonly score: number }[];
}

const SHARE_OF_SENTENCES = 0.2;
const MAX_SENTENCES = 5;
/** A lemma in more sentences than this says nothing about any two of them, and pairing them all would take for ever. */
const MAX_SENTENCES_OF_LEMMA = 200;

/**
 * Extractive summary by TextRank (Mihalcea & Tarau 2004, section 4.1): sentences are nodes, weighted by the content
 * lemmas that two of them share, divided by log|a| + log|b|. A fifth of the sentences is taken, at least one and at
 * most five; equal scores go to the earlier sentence.
 */
export function summarise(text: ReadText): Summary {
  const scores = pageRank(similarityGraph(text.sentences));
  const count = Math.min(MAX_SENTENCES, Math.ceil(text.sentences.length * SHARE_OF_SENTENCES));
  const chosen = text.sentences
    .map((sentence, index) => ({ index, text: sentence.text, score: round(scores.get(String(index)) ?? 0) }))
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .slice(0, count)
    .sort((a, b) => a.index - b.index);
  return { text: chosen.map((sentence) => sentence.text).join(' '), sentences: chosen };
}

function similarityGraph(sentences: readonly Sentence[]): Map<string, Map<string, number>> {
  const graph = new Map(sentences.map((_, index) => [String(index), new Map<string, number>()]));
  const sizes = sentences.map((sentence) => Math.log(Math.max(2, sentence.words.length)));
  for (const members of sentencesByLemma(sentences).values()) {
    if (members.length > MAX_SENTENCES_OF_LEMMA) continue;
    for (const [at, a] of members.entries()) {
      for (const b of members.slice(at + 1)) {
        connect(graph, String(a), String(b), 1 / ((sizes[a] ?? 1) + (sizes[b] ?? 1)));
      }
    }
  }
  return graph;
}

/** For each content lemma the sentences that have it, so that only pairs which share something are looked at. */
function sentencesByLemma(sentences: readonly Sentence[]): Map<string, number[]> {
  const index = new Map<string, number[]>();
  for (const [at, sentence] of sentences.entries()) {
    const lemmas = new Set(sentence.words.filter((word) => !word.isStopWord).map((word) => word.lemma));
    for (const lemma of lemmas) index.set(lemma, [...(index.get(lemma) ?? []), at]);
  }
  return index;
}
