import { readFileSync } from "node:fs";

/** One line of an example's `commands.tsv`: what its document says, and what stands for it here; null where nothing does. */
export interface Rewrite {
  readonly document: string;
  readonly here: string | null;
}

/** The committed table of an example's rewritten words. */
export interface WordTable {
  readonly entries: readonly Rewrite[];
  /**
   * A command of the document as it is run here: every entry of the table replaced by its counterpart, longer entries
   * first, nothing else touched. Null where a part of it has no counterpart. `places` fill `{name}` in counterparts.
   */
  rewrite(command: string, places: Readonly<Record<string, string | number>>): string | null;
  /** The entries that none of these commands needs. */
  unused(commands: readonly string[]): readonly Rewrite[];
}

/** Reads `examples/NAME/commands.tsv`. */
export function readWordTable(example: string): WordTable {
  const entries = readEntries(example);
  const here = new Map(entries.map((entry) => [entry.document, entry.here]));
  const longestFirst = [...here.keys()].sort((one, other) => other.length - one.length);
  const pattern = new RegExp(longestFirst.map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"), "g");
  return {
    entries,
    rewrite(command, places) {
      let complete = true;
      const rewritten = command.replace(pattern, (found) => {
        const counterpart = here.get(found) ?? null;
        if (counterpart === null) complete = false;
        return fill(counterpart ?? "", places);
      });
      return complete ? rewritten : null;
    },
    unused: (commands) => entries.filter(({ document }) => !commands.some((command) => command.includes(document))),
  };
}

function fill(text: string, places: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(places[name] ?? whole));
}

function readEntries(example: string): readonly Rewrite[] {
  const file = new URL(`../../examples/${example}/commands.tsv`, import.meta.url);
  const lines = readFileSync(file, "utf8").split("\n");
  return lines
    .filter((line) => line !== "" && !line.startsWith("#"))
    .slice(1)
    .map((line) => {
      const [document, here] = line.split("\t");
      if (document === undefined || here === undefined) throw new Error(`commands.tsv: not an entry: ${line}`);
      return { document, here: here === "-" ? null : here };
    });
}
