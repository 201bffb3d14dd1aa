import { describe, expect, test } from "vitest";
import { objectKinds } from "../../../src/catalog/catalog.ts";
import { catalogText, compareCatalogs } from "../../../src/catalog/compare.ts";
import type { MakeEngine } from "./engine-under-test.ts";
import { given } from "./given.ts";

export function describeReading(make: MakeEngine): void {
  describe("reading the schema", () => {
    test(
      "an empty database has an empty catalog, or only what is always there",
      given(make, async ({ engine, session }) => {
        const catalog = await engine.introspect(session);
        expect(catalog).toMatchObject({ format: 3, dialect: engine.dialect, unmanaged: [] });
        expect(catalog.objects.filter((object) => object.kind !== "schema" && object.kind !== "extension")).toEqual([]);
      }),
    );

    test(
      "every object has an id, a name, a parent that exists and sorted attributes",
      given(make, async ({ engine, session, samples }) => {
        await session.script(samples.schema);
        const catalog = await engine.introspect(session);
        const ids = catalog.objects.map((object) => object.id);
        expect(ids).toEqual(expect.arrayContaining([...samples.objects]));
        expect(new Set(ids).size).toBe(ids.length);
        expect([...ids].sort((a, b) => (a < b ? -1 : 1))).toEqual(ids);
        for (const { kind, id, parent, attributes } of catalog.objects) {
          expect(objectKinds).toContain(kind);
          expect(id.startsWith(`${kind}:`)).toBe(true);
          if (parent !== null) expect(ids, id).toContain(parent);
          expect(Object.keys(attributes)).toEqual(Object.keys(attributes).sort());
        }
        expect(JSON.parse(JSON.stringify(catalog))).toEqual(catalog);
      }),
    );

    test("equal databases have equal catalogs, whatever rows they hold", async () => {
      const texts: string[] = [];
      for (const rows of [[], ["INSERT INTO users (id, email) VALUES (1, 'a')"]]) {
        await given(make, async ({ engine, session, samples }) => {
          await session.script([...samples.schema, ...rows]);
          texts.push(catalogText(await engine.introspect(session)));
        })();
      }
      expect(texts[0]).toBe(texts[1]);
    });

    test(
      "each change of the schema shows, and shows at its object",
      given(make, async ({ engine, session, samples }) => {
        await session.script(samples.schema);
        for (const [statement, id] of samples.changes) {
          const before = await engine.introspect(session);
          await session.query(statement);
          const differences = compareCatalogs(before, await engine.introspect(session));
          expect(
            differences.map((difference) => difference.id),
            statement,
          ).toEqual(expect.arrayContaining([expect.stringContaining(id)]));
        }
      }),
    );

    test(
      "Keelson's own tables are left out",
      given(make, async ({ engine, session, samples }) => {
        await session.script(samples.schema);
        const before = catalogText(await engine.introspect(session));
        await session.script([
          ...engine.sql.createHome,
          `CREATE TABLE ${engine.sql.table("ledger")} (id text NOT NULL PRIMARY KEY, at text UNIQUE)`,
        ]);
        expect(catalogText(await engine.introspect(session))).toBe(before);
      }),
    );

    test(
      "a step with nothing wrong passes its check",
      given(make, async ({ engine, session, samples }) => {
        await session.script(samples.schema);
        await session.query(engine.sql.begin);
        expect(await engine.checkStep(session)).toEqual([]);
        await session.rollback();
      }),
    );

    test(
      "tables, databases and facts are told",
      given(make, async ({ engine, session, samples }) => {
        await session.script(samples.schema);
        const tables = await engine.listTables(session);
        expect(tables.map(({ name, kind }) => `${kind} ${name}`)).toEqual(
          expect.arrayContaining(["table users", "table Order Items", "view adults"]),
        );
        const users = tables.find((table) => table.name === "users");
        expect(users?.columns.map((column) => column.name)).toEqual(["id", "email", "age"]);
        expect(users?.columns.every((column) => column.type !== "")).toBe(true);
        const facts = await engine.describe(session);
        expect(facts.product).not.toBe("");
        expect(facts.version).toMatch(/^\d+\.\d+/);
        expect(facts.readOnly).toBe(false);
        expect(facts.sizeBytes === null || facts.sizeBytes > 0).toBe(true);
        expect(await engine.listDatabases(session)).toContain(facts.database);
      }),
    );
  });
}
