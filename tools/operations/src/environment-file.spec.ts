import { parseEnvironmentFile } from './environment-file';

it.each([
  ['a plain value', 'A=1\nB=two words \n', { A: '1', B: 'two words' }],
  ['comments and lines that say nothing', '# A=1\n ; B=2\nnothing\n\nC=3', { C: '3' }],
  ['no value', 'A=\nB=""\n', { A: '', B: '' }],
  ['single quotes', `A=' $x "y" \\ '\n`, { A: ' $x "y" \\ ' }],
  ['double quotes', 'A="a \\"b\\" \\$c \\\\ \\n"\n', { A: 'a "b" $c \\ \\n' }],
  ['quoted texts beside each other', `A="a" 'b'c\n`, { A: 'abc' }],
  ['quotes inside of a text', `A=it's "so"\n`, { A: `it's "so"` }],
  [
    'lines that go on',
    'A=one \\\ntwo\nB="three \\\nfour"\nC=\'five\nsix\'\n',
    { A: 'one two', B: 'three four', C: 'five\nsix' },
  ],
  ['a backslash', 'A=a\\=b\\\\c\\ \n', { A: 'a=b\\c ' }],
  ['blanks around the sign', '  A = 1\n', { A: '1' }],
  ['a URL', 'DATABASE_URL=postgres://u:p%20w@h/db?a=b#c\n', { DATABASE_URL: 'postgres://u:p%20w@h/db?a=b#c' }],
  ['the last of two', 'A=1\nA=2\n', { A: '2' }],
])('reads %s as systemd does', (_, text, expected) => {
  expect(parseEnvironmentFile(text)).toEqual(expected);
});
