import winkNLP, { type ItemEntity, type ItemSentence, type ItemToken, type ItsFunction, type Model } from 'wink-nlp';
import model from 'wink-eng-lite-web-model';

export interface Word {
  /** Lower case, contractions expanded: `can't` is `can` and `not`. */
  readonly normal: string;
  readonly lemma: string;
  /** Universal part-of-speech tag, e.g. `NOUN`. */
  readonly pos: string;
  readonly isStopWord: boolean;
  /** Position among all tokens of the text; neighbouring words have neighbouring positions. */
  readonly position: number;
}

export interface Sentence {
  readonly text: string;
  readonly words: readonly Word[];
  /** −1..1 from the lexicon of wink-nlp, negation considered. */
  readonly sentiment: number;
}

export interface Entity {
  /** As wink-nlp names it: `DATE`, `MONEY`, `CARDINAL`, `EMAIL`, … */
  readonly type: string;
  readonly value: string;
}

/** A text as plain data, which is all that the analyses work on. */
export interface ReadText {
  readonly sentences: readonly Sentence[];
  readonly entities: readonly Entity[];
  /** Words, numbers, punctuation and symbols. */
  readonly tokenCount: number;
  readonly sentiment: number;
}

export type TextReader = (text: string) => ReadText;

/** wink-nlp's helpers as what they are for `out`: values that it knows by identity. Its own types say methods. */
interface Helpers {
  readonly normal: ItsFunction<string>;
  readonly lemma: ItsFunction<string>;
  readonly pos: ItsFunction<string>;
  readonly type: ItsFunction<string>;
  readonly stopWordFlag: ItsFunction<boolean>;
  readonly sentiment: ItsFunction<number>;
}

/**
 * The model, loadable any number of times. Its own `metaCER` serialises what it gave the last time once more, so that
 * the text doubles with each instance until, after some twenty of them, the process runs out of memory.
 */
const customEntities = model.metaCER as () => unknown;
const loadedOnce = customEntities();
const reloadableModel: Model = { ...model, metaCER: () => loadedOnce };

/**
 * A reader for **one** text. wink-nlp keeps every unknown word of every text that it has read, and looks words of later
 * texts up among them: in a shared instance memory would only grow, and a result could depend on other clients' texts.
 * Making one costs about 70 ms, so the worker makes the next one ahead.
 */
export function createTextReader(): TextReader {
  const nlp = winkNLP(reloadableModel, ['sbd', 'negation', 'sentiment', 'pos', 'ner']);
  const its = nlp.its as unknown as Helpers;

  function toWord(token: ItemToken): Word {
    return {
      normal: String(token.out(its.normal)),
      lemma: String(token.out(its.lemma)),
      pos: String(token.out(its.pos)),
      isStopWord: token.out(its.stopWordFlag) === true,
      position: token.index(),
    };
  }

  return (text) => {
    const document = nlp.readDoc(text);
    const sentences: Sentence[] = [];
    document.sentences().each((sentence: ItemSentence) => {
      // Blank lines at the end come as a sentence of their own.
      if (sentence.out().trim() === '') return;
      const words: Word[] = [];
      sentence.tokens().each((token: ItemToken) => {
        if (token.out(its.type) === 'word') words.push(toWord(token));
      });
      sentences.push({ text: sentence.out().trim(), words, sentiment: Number(sentence.out(its.sentiment)) });
    });
    const entities: Entity[] = [];
    document.entities().each((entity: ItemEntity) => {
      entities.push({ type: String(entity.out(its.type)), value: entity.out() });
    });
    return {
      sentences,
      entities,
      tokenCount: document.tokens().length(),
      sentiment: Number(document.out(its.sentiment)),
    };
  };
}
