import { figureText, renderTable } from './table';

it('makes columns as wide as their longest cell, and aligns numbers right', () => {
  const table = renderTable(
    ['what', 'n'],
    [
      ['a', '1,000'],
      ['longer', '7'],
    ],
    new Set([1]),
  );
  expect(table.split('\n')).toEqual(['what        n', '------  -----', 'a       1,000', 'longer      7']);
});

it.each([
  [1_234.5, '1,235'],
  [150, '150'],
  [24.44, '24.4'],
  [0.12345, '0.123'],
  [0, '0'],
])('writes %d as %s', (value, text) => expect(figureText(value)).toBe(text));
