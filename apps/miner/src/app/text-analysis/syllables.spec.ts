import { countSyllables } from './syllables';

describe('countSyllables', () => {
  it.each([
    ['a', 1],
    ['came', 1],
    ['while', 1],
    ['people', 2],
    ['lived', 1],
    ['added', 2],
    ['names', 1],
    ['places', 2],
    ['tables', 2],
    ['liberty', 3],
    ['proposition', 4],
    ['café', 2],
    ['hmm', 1],
  ])('%s has %i', (word, syllables) => {
    expect(countSyllables(word)).toBe(syllables);
  });
});
