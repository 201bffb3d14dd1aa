import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readTokens } from "../../../src/engines/sqlite/script/tokens.ts";
import { casesFolder } from "../../plan/schema-cases.ts";
import {
  changeTo,
  contents,
  databaseWith,
  fillTables,
  independentPicture,
  sharedColumns,
} from "./planned-databases.ts";

interface Version {
  readonly name: string;
  readonly script: string;
}

const cases = casesFolder();
const folder = cases === null ? null : join(cases, "real", "sqlite");
const systems = folder === null ? [] : readdirSync(folder).sort();

describe.skipIf(folder === null)("real schemas, each from empty and back, and to the next version and back", () => {
  describe.each(systems)("%s", (system) => {
    const pairs = pairsOf(readVersions(join(String(folder), system)));
    test.each(pairs.map((pair) => [pair.from.name, pair.to.name, pair] as const))("%s to %s", async (_f, _t, pair) => {
      await expectConvergence(pair);
    });
    test.each(
      pairs.filter(({ from }) => from.script !== "").map((pair) => [pair.from.name, pair.to.name, pair] as const),
    )("rows from %s to %s", async (_from, _to, pair) => {
      await expectRows(pair);
    });
  });
});

interface Pair {
  readonly from: Version;
  readonly to: Version;
}

/** Equal by Keelson's own reading, and by what the pragmas and the stored texts say without it. */
async function expectConvergence({ from, to }: Pair): Promise<void> {
  const database = await databaseWith(from.script);
  const wanted = await databaseWith(to.script);
  const { left } = await changeTo(database, to.script);
  expect(left).toEqual([]);
  expect(await independentPicture(database)).toBe(await independentPicture(wanted));
  const again = await database.engine.planChanges(await database.catalog(), await wanted.catalog());
  expect(again.statements).toEqual([]);
  await database.close();
  await wanted.close();
}

/** Values of columns that both versions have stay. Rows that the later version can't hold stop the change as a whole. */
async function expectRows({ from, to }: Pair): Promise<void> {
  const database = await databaseWith(from.script);
  const wanted = await databaseWith(to.script);
  await fillTables(database);
  const shared = sharedColumns(await database.catalog(), await wanted.catalog());
  const before = await contents(database, shared);
  let stopped = "";
  try {
    await changeTo(database, to.script);
  } catch (error) {
    stopped = error instanceof Error ? error.message : String(error);
    expect(stopped).toMatch(/constraint failed|does not exist/);
    expect(
      (await database.rows("SELECT count(*) FROM sqlite_schema WHERE name LIKE 'new\\_%' ESCAPE '\\'"))[0],
    ).toEqual([0]);
  }
  expect(await contents(database, shared)).toEqual(before);
  await database.close();
  await wanted.close();
}

function readVersions(system: string): readonly Version[] {
  const files = readdirSync(system).filter((file) => file.endsWith(".sql"));
  const order = new Intl.Collator("en", { numeric: true });
  const rank = (file: string): string => (file === "head.sql" ? "~" : file);
  return files
    .sort((a, b) => (rank(a) === "~" ? 1 : rank(b) === "~" ? -1 : order.compare(a, b)))
    .map((file) => ({ name: file.slice(0, -4), script: loadable(readFileSync(join(system, file), "utf8")) }));
}

function pairsOf(versions: readonly Version[]): readonly Pair[] {
  const empty: Version = { name: "empty", script: "" };
  return versions.flatMap((version, index) => {
    const previous = versions[index - 1];
    const pairs = [
      { from: empty, to: version },
      { from: version, to: empty },
    ];
    if (previous !== undefined) pairs.push({ from: previous, to: version }, { from: version, to: previous });
    return pairs;
  });
}

/**
 * A listing of a schema as statements that the driver runs: without SQLite's own tables and those that a virtual table
 * makes for itself, and with texts in single quotes, because the driver's SQLite does not take "$.x" for a text.
 */
function loadable(listing: string): string {
  let text = "";
  let end = 0;
  for (const token of readTokens(listing)) {
    if (token.kind !== "quoted" || !token.text.startsWith('"$.')) continue;
    text += `${listing.slice(end, token.start)}'${token.text.slice(1, -1)}'`;
    end = token.end;
  }
  return (text + listing.slice(end))
    .split(/(?<=;)\s*\n/)
    .filter(
      (statement) =>
        !/^\s*CREATE TABLE (IF NOT EXISTS )?['"]?(sqlite_|\w+_fts_|\w+_(config|content|data|docsize|idx)\b)/.test(
          statement,
        ),
    )
    .join("\n");
}
