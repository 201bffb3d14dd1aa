/** Shortens a text to a number of characters, with a sign that something is missing. */
export function cut(text: string, width: number): string {
  const characters = [...text];
  if (characters.length <= width) return text;
  return width < 1 ? "" : `${characters.slice(0, width - 1).join("")}…`;
}

/** A text on one line: what a message may hold must not break a list. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** How many of a thing, in words: `1 revision`, `3 revisions`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** Labels and values below each other, the values in one column. */
export function labelled(
  rows: readonly (readonly [label: string, value: string])[],
  paint: (label: string) => string,
): string {
  const width = Math.max(0, ...rows.map(([label]) => label.length)) + 2;
  const indent = `\n${" ".repeat(width)}`;
  return rows.map(([label, value]) => paint(label.padEnd(width)) + value.replaceAll("\n", indent)).join("\n");
}

/** The day of an ISO 8601 time, or nothing. */
export function day(time: string | null): string {
  return time === null ? "" : time.slice(0, 10);
}
