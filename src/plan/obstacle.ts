/** A column that rows which are there already have no value for, in words, with what to do about it. */
export function emptyTableNeeded(table: string, column: string): string {
  return `fails if ${table} holds rows, which have no value for ${column}: give it a default, or add it without NOT NULL, fill it in a revision, and say NOT NULL after that`;
}

/** The same of rows that were found, as a statement of a run would meet them. */
export function rowsInTheWay(table: string, column: string): string {
  return `would fail now: ${table} holds rows, which have no value for ${column}, and that is NOT NULL without a default; give it one, or add it without NOT NULL, fill it in a revision, and say NOT NULL after that`;
}
