const VOWEL_GROUP = /[aeiouy]+/g;
/**
 * Endings whose e is silent: `came`, `while`, `lived`, `names`. Not those where it is spoken: `-le` after a consonant
 * (`people`), `-ed` after t or d (`added`), `-es` after a hissing sound (`places`).
 */
const SILENT_END = /(?:[^aeiouyl]e|[aeiouy]le|[^aeiouytd]ed|[^aeiouycsxzghl]es|[aeiouy]les)$/;

/**
 * Syllables of an English word, counted by rule: groups of vowel letters, less a silent ending (`-e`, `-ed`, `-es`),
 * at least one. Right for about nine of ten words of running text; words such as `create` or `being`, where a group
 * holds two syllables, count one too few.
 */
export function countSyllables(word: string): number {
  const letters = word.toLowerCase().normalize('NFC').replace(/\P{L}/gu, '');
  // Accents count as their vowel (`naïve`), but an accented e at the end is spoken (`café`).
  const groups = letters.normalize('NFD').replace(/\P{L}/gu, '').match(VOWEL_GROUP)?.length ?? 0;
  return Math.max(1, groups - (SILENT_END.test(letters) ? 1 : 0));
}
