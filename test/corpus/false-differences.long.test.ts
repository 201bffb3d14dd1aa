import { describe, expect, test } from "vitest";
import { compareCatalogs } from "../../src/catalog/compare.ts";
import { casesFolder, readSystems } from "../plan/schema-cases.ts";
import { openAnother } from "./another-role.ts";
import { type CaseDatabase, load } from "./case-database.ts";
import { openPlaces, placeName } from "./case-places.ts";
import { type Declared, falseDifferences, restore } from "./false-differences.ts";
import { type CasePlace, readCases } from "./read-cases.ts";

const folder = casesFolder();
const systems = folder === null ? [] : await readSystems(folder, "postgres");
const cases = await readCases();

/** One of so many schemas of the corpus is copied; the real ones all are. */
const oneOf = 16;

/** Schemas that there are for a place: sides of the cases, and the real systems. */
function schemasFor(place: CasePlace): readonly Declared[] {
  const sides = cases
    .filter(({ places }) => places.includes(place))
    .flatMap(({ name, from, to, roles }) => [
      { name: `${name}, from`, sql: from, roles },
      { name: `${name}, to`, sql: to, roles },
    ]);
  const chosen = sides.filter((_, index) => index % oneOf === 0 || index % oneOf === 9);
  return [...chosen, ...systems.map(({ system, version, sql }) => ({ name: `${system} ${version}`, sql, roles: [] }))];
}

describe.concurrent("databases of one schema are equal", () => {
  test.for([15, 18, "pglite"] as const)(
    "on %s, whoever made them, however they are read",
    { timeout: 1_200_000 },
    async (place) => {
      const places = await openPlaces(place);
      const ofAnother = place === "pglite" ? null : await openAnother(places.first);
      const found: string[] = [];
      try {
        for (const declared of schemasFor(place))
          found.push(...(await falseDifferences(declared, { ...places, ofAnother })));
      } finally {
        await ofAnother?.close();
        await places.close();
      }
      expect(found, placeName(place)).toEqual([]);
    },
  );

  test("dumped on 15 and restored on 18, beside one that was made there", { timeout: 1_200_000 }, async () => {
    const older = await openPlaces(15);
    const newer = await openPlaces(18);
    const found: string[] = [];
    try {
      const known = new Set(cases.filter(({ places }) => places.includes(18)).map(({ name }) => name));
      for (const declared of schemasFor(15)) {
        const [name = ""] = declared.name.split(", ");
        if (cases.some((one) => one.name === name) && !known.has(name)) continue;
        const difference = await acrossMajors(declared, older.first, newer).catch((error: unknown) => String(error));
        if (difference !== "") found.push(`${declared.name}: ${difference}`);
      }
    } finally {
      await older.close();
      await newer.close();
    }
    expect(found).toEqual([]);
  });
});

async function acrossMajors(
  { sql, roles }: Declared,
  older: CaseDatabase,
  { first, second }: { readonly first: CaseDatabase; readonly second: CaseDatabase },
): Promise<string> {
  for (const database of [older, first, second]) {
    await database.empty({ roles: true });
    const { session, engine } = database;
    for (const role of roles) await session.query(`CREATE ROLE ${engine.sql.identifier(role)}`).catch(() => undefined);
  }
  await load(older, sql);
  await load(first, sql);
  await restore(second, await older.script(), await older.engine.introspect(older.session));
  const made = await first.engine.introspect(first.session);
  const restored = await second.engine.introspect(second.session);
  const differences = compareCatalogs(made, restored);
  return differences.length === 0 ? "" : JSON.stringify(differences.slice(0, 3));
}
