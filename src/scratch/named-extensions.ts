/**
 * Those of the available extensions whose names stand in a text as whole words. One too many costs milliseconds, so
 * nothing is parsed for it.
 */
export function namedExtensions(text: string, available: readonly string[]): readonly string[] {
  if (available.length === 0 || !/extension/i.test(text)) return [];
  const words = new Set(text.toLowerCase().match(/[a-z_][a-z0-9_]*(?:-[a-z0-9_]+)*/g) ?? []);
  const named = available.filter((name) => words.has(name));
  return [...new Set([...named, ...named.flatMap((name) => requirements[name] ?? [])])];
}

/** What CREATE EXTENSION ... CASCADE brings along. */
const requirements: Readonly<Record<string, readonly string[]>> = { earthdistance: ["cube"] };
