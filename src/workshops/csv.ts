/** RFC 4180, and safe to open in a spreadsheet: a field that would be read as a formula (its signs in full width, too) is led by an apostrophe. */
type Field = string | number | boolean | undefined;

function fieldOf(value: Field): string {
  const text = value === undefined ? '' : String(value);
  const safe = typeof value === 'string' && /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A header, then the rows, each line ended by CR LF. */
export const csv = <Column extends string>(
  columns: readonly Column[],
  rows: readonly Readonly<Record<Column, Field>>[],
): string =>
  [columns.join(','), ...rows.map((row) => columns.map((column) => fieldOf(row[column])).join(','))]
    .map((line) => `${line}\r\n`)
    .join('');
