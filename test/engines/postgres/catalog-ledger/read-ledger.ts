import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** What is done with one column of one system catalog. */
export interface LedgerColumn {
  readonly table: string;
  readonly column: string;
  readonly releases: readonly number[];
  readonly kind: string;
  readonly what: string;
}

/** The page as data. */
export interface CatalogLedger {
  readonly columns: readonly LedgerColumn[];
  /** System catalogs that hold nothing of a schema, with the releases that have them. */
  readonly withoutSchema: ReadonlyMap<string, readonly number[]>;
}

/** The committed list; the page is what the tests read. */
const page = fileURLToPath(new URL("../../../../docs/reference/catalog-ledger.md", import.meta.url));

/** Reads the page; throws where a line is not of its form. */
export async function readLedger(): Promise<CatalogLedger> {
  const columns: LedgerColumn[] = [];
  const withoutSchema = new Map<string, readonly number[]>();
  let table = "";
  for (const line of (await readFile(page, "utf8")).split("\n")) {
    if (line.startsWith("## ")) table = /^## `(\w+)`$/.exec(line)?.[1] ?? "";
    if (!line.startsWith("| `")) continue;
    const [name = "", releases = "", ...rest] = line
      .slice(1, -1)
      .split(" | ")
      .map((cell) => cell.trim());
    const own = name.replaceAll("`", "");
    if (table === "") withoutSchema.set(own, releasesOf(releases));
    else {
      const [kind = "", what = ""] = rest;
      if (!kinds.has(kind) || what === "") throw new Error(`${table}: ${line}`);
      columns.push({ table, column: own, releases: releasesOf(releases), kind, what });
    }
  }
  return { columns, withoutSchema };
}

const kinds = new Set(["modelled", "derived", "ignored", "reported"]);
const all = [14, 15, 16, 17, 18];

function releasesOf(text: string): readonly number[] {
  if (text === "") return all;
  const [first = 0, last = first] = text.split("-").map(Number);
  return all.filter((release) => release >= first && release <= last);
}

/** The attributes that the page names as modelled: `table.unlogged`. */
export function modelledAttributes({ columns }: CatalogLedger): readonly string[] {
  const named = columns.flatMap(({ kind, what }) =>
    kind === "modelled" ? [...what.matchAll(/`([a-z-]+\.\w+)`/g)] : [],
  );
  return [...new Set(named.map((match) => match[1] ?? ""))].sort();
}
