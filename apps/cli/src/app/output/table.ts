import { plain } from './style';

/** One column of a table of `T`. */
export interface Column<T> {
  readonly title: string;
  readonly value: (row: T) => string | number | null | undefined;
  /** Colours a cell after it was padded. */
  readonly paint?: (row: T, text: string) => string;
}

/** Rows under their titles, each column as wide as its widest cell; the last one is not padded. */
export function renderTable<T>(rows: readonly T[], columns: readonly Column<T>[]): string {
  const cells = rows.map((row) => columns.map(({ value }) => cell(value(row))));
  const widths = columns.map(({ title }, at) =>
    Math.max(title.length, ...cells.map((line) => [...(line[at] ?? '')].length)),
  );
  const pad = (text: string, at: number): string => {
    const missing = at === columns.length - 1 ? 0 : (widths[at] ?? 0) - [...text].length;
    return text + ' '.repeat(missing);
  };
  const head = columns.map(({ title }, at) => pad(title, at)).join('  ');
  const body = cells.map((line, index) => {
    const row = rows[index];
    const painted = columns.map(({ paint }, at) => {
      const text = pad(line[at] ?? '', at);
      return paint && row !== undefined ? paint(row, text) : text;
    });
    return painted.join('  ').trimEnd();
  });
  return [head, ...body].join('\n');
}

/** Names and values below each other; entries without a value are left out. */
export function renderFields(fields: Readonly<Record<string, string | number | boolean | null | undefined>>): string {
  const shown = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined && value !== '');
  const width = Math.max(0, ...shown.map(([name]) => name.length));
  return shown.map(([name, value]) => `${name.padEnd(width)}  ${plain(String(value))}`).join('\n');
}

function cell(value: string | number | null | undefined): string {
  return value === null || value === undefined || value === '' ? '-' : plain(String(value));
}
