/** Rows that a statement of a run would find in its way, in words, with what to do about it. */
export function rowsInTheWay(table: string, column: string): string {
  return `would fail now: ${table} holds rows, which have no value for ${column}, and that is NOT NULL without a default; give it one, or add it without NOT NULL, fill it in a revision, and say NOT NULL after that`;
}
