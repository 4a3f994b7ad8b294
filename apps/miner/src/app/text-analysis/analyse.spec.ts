import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyse, ANALYSIS_TASKS } from './analyse';
import { createTextReader } from './text-reader';

const examples = join(__dirname, '../../../../../examples');
const address = readFileSync(join(examples, 'gettysburg-address.txt'), 'utf8');
const novel = readFileSync(join(examples, 'tale-of-two-cities.txt'), 'utf8');

function analyseAll(text: string) {
  return analyse({ text, tasks: ANALYSIS_TASKS }, createTextReader());
}

describe('analyse', () => {
  const result = analyseAll(address);

  it('counts the 272 words and 10 sentences of the Gettysburg Address', () => {
    expect(result.language).toMatchObject({ language: 'en', words: 272, sentences: 10, mean_words_per_sentence: 27.2 });
    expect(result.readability).toMatchObject({ words: 272, sentences: 10 });
  });

  it('derives both readability scores from the counts that it shows', () => {
    const { words, sentences, syllables, flesch_reading_ease, flesch_kincaid_grade } = result.readability ?? fail();
    expect(flesch_reading_ease).toBeCloseTo(206.835 - (1.015 * words) / sentences - (84.6 * syllables) / words, 3);
    expect(flesch_kincaid_grade).toBeCloseTo((0.39 * words) / sentences + (11.8 * syllables) / words - 15.59, 3);
  });

  it('ranks what the text is about first', () => {
    const phrases = result.keywords?.map((keyword) => keyword.phrase) ?? [];
    expect(phrases[0]).toBe('nation');
    expect(phrases).toEqual(expect.arrayContaining(['new nation', 'war', 'devotion']));
    const scores = result.keywords?.map((keyword) => keyword.score) ?? [];
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  });

  it('summarises by sentences of the text, word for word and in its order', () => {
    const sentences = result.summary?.sentences ?? [];
    expect(sentences).toHaveLength(2);
    for (const sentence of sentences) expect(address).toContain(sentence.text);
    expect(sentences.map((sentence) => sentence.index)).toEqual(
      sentences.map((one) => one.index).sort((a, b) => a - b),
    );
    expect(result.summary?.text).toBe(sentences.map((sentence) => sentence.text).join(' '));
  });

  it('finds dates, amounts and addresses with their counts', () => {
    const text = 'On 4 May 2021 we paid $500 to a@b.org. On 4 May 2021 they paid 10% back.';
    const { entities } = analyse({ text, tasks: ['entities'] }, createTextReader());
    expect(entities?.counts).toEqual({ DATE: 2, EMAIL: 1, MONEY: 1, PERCENT: 1 });
    expect(entities?.items[0]).toEqual({ type: 'DATE', value: '4 May 2021', count: 2 });
  });

  it('tells a happy sentence from a sad one and names both extremes', () => {
    const text = 'This is a wonderful, happy day. The box is on the table. It was a terrible, sad failure.';
    const { sentiment } = analyse({ text, tasks: ['sentiment'] }, createTextReader());
    expect(sentiment?.sentences).toEqual({ positive: 1, neutral: 1, negative: 1 });
    expect(sentiment?.most_positive).toMatchObject({ index: 0, text: 'This is a wonderful, happy day.' });
    expect(sentiment?.most_negative).toMatchObject({ index: 2, text: 'It was a terrible, sad failure.' });
  });

  it.each([
    ['German', 'Der schnelle braune Fuchs springt über den faulen Hund und dann war er in dem Wald an der Stadt'],
    ['French', "Le renard brun saute par-dessus le chien paresseux et il est dans la forêt et la ville on me l'a dit"],
    ['Spanish', 'El zorro marrón salta sobre el perro perezoso y he visto que no me gusta a la ciudad'],
    ['too short', 'It is what it is'],
  ])('does not call a %s text English', (_, text) => {
    expect(analyse({ text, tasks: ['language'] }, createTextReader()).language?.language).toBe('undetermined');
  });

  it('has no readability for a text without words', () => {
    expect(analyseAll('12 + 12 = 24 !!!')).toMatchObject({ readability: null, keywords: [] });
  });

  it('answers the tasks that were asked for and no other', () => {
    expect(Object.keys(analyse({ text: novel, tasks: ['keywords', 'language'] }, createTextReader())).sort()).toEqual([
      'keywords',
      'language',
    ]);
  });
});

function fail(): never {
  throw new Error('the task gave no result');
}
