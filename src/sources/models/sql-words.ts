/** A name as both dialects quote it. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Names in parentheses, as lists of columns are written. */
export function nameList(names: readonly string[]): string {
  return `(${names.map(quoteName).join(", ")})`;
}

/** A text as a literal that both dialects read alike: PostgreSQL's standard strings and SQLite's know no escapes. */
export function textLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Bytes as two hexadecimal digits each. */
export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
}
