import { readFileSync } from "node:fs";

/** One line of `commands.tsv`: what the guide says, and what stands for it here; null where nothing does yet. */
export interface Rewrite {
  readonly document: string;
  readonly here: string | null;
}

/** The committed table of rewritten words. */
export const wordTable: readonly Rewrite[] = readTable();

/** Words of tools that a command must not name any more once it is rewritten. */
export const foreignWords = /\b(docker|docker-compose|cargo|sqlx|createdb|dropdb|pg_dump)\b/;

/**
 * A command of the guide as it is run here: every entry of the table replaced by its counterpart, longer entries first,
 * nothing else touched. Null where a part of it has no counterpart yet.
 */
export function rewrite(command: string, port: number): string | null {
  const here = new Map(wordTable.map((entry) => [entry.document, entry.here]));
  const longestFirst = [...here.keys()].sort((one, other) => other.length - one.length);
  const pattern = new RegExp(longestFirst.map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"), "g");
  let complete = true;
  const rewritten = command.replace(pattern, (found) => {
    const counterpart = here.get(found) ?? null;
    if (counterpart === null) complete = false;
    return (counterpart ?? "").replaceAll("{port}", String(port));
  });
  return complete ? rewritten : null;
}

function readTable(): readonly Rewrite[] {
  const file = new URL("../../examples/aiwebengine/commands.tsv", import.meta.url);
  const lines = readFileSync(file, "utf8").split("\n");
  const entries = lines.filter((line) => line !== "" && !line.startsWith("#")).slice(1);
  return entries.map((line) => {
    const [document, here] = line.split("\t");
    if (document === undefined || here === undefined) throw new Error(`commands.tsv: not an entry: ${line}`);
    return { document, here: here === "-" ? null : here };
  });
}
