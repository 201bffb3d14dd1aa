import type { Style } from "./style.ts";

/** SQL for reading: its comments stand back, and what destroys data stands out. */
export function shownSql(sql: string, { colour }: Style): string {
  return sql
    .split("\n")
    .map((line) => {
      if (!line.startsWith("-- ")) return line;
      return /^-- (Destroys data|Not brought back|There is no way back):/.test(line)
        ? colour.yellow(line)
        : colour.dim(line);
    })
    .join("\n");
}

/** The first of a list of lines, and how many more there are. */
export function first(lines: readonly string[], count: number): readonly string[] {
  if (lines.length <= count) return lines;
  return [...lines.slice(0, count), `and ${lines.length - count} more`];
}
