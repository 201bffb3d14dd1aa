import fc from "fast-check";
import { expect, test } from "vitest";
import type { Catalog, SchemaObject } from "../catalog/catalog.ts";
import { applyRenames } from "./apply-renames.ts";
import { findAmbiguities } from "./find-ambiguities.ts";
import { resolveRenames } from "./resolve-renames.ts";

const types = ["integer", "text", "date", "jsonb"] as const;

/** Tables by their numbers: the columns of each, by numbers that no other table has, with their types. */
const schemas = fc
  .array(fc.array(fc.constantFrom(...types), { minLength: 1, maxLength: 7 }), { minLength: 1, maxLength: 8 })
  .map((tables) =>
    tables.map((columns, table) => columns.map((type, index) => ({ name: `c${table}_${index}`, type }))),
  );

function catalogOf(tables: readonly (readonly { readonly name: string; readonly type: string }[])[]): Catalog {
  const objects = tables.flatMap((columns, table): readonly SchemaObject[] => [
    made("table", `public.t${table}`, null, 0, {}),
    ...columns.map(({ name, type }, index) =>
      made("column", `public.t${table}.${name}`, `table:public.t${table}`, index + 1, { type }),
    ),
    made("constraint", `public.t${table}.t${table}_pkey`, `table:public.t${table}`, 0, {
      definition: `PRIMARY KEY (${columns[0]?.name})`,
    }),
  ]);
  objects.sort((a, b) => (a.id < b.id ? -1 : 1));
  return { format: 3, dialect: "postgres", serverVersion: "18", objects, unmanaged: [] };
}

function made(
  kind: SchemaObject["kind"],
  path: string,
  parent: string | null,
  position: number,
  attributes: SchemaObject["attributes"],
): SchemaObject {
  return { kind, id: `${kind}:${path}`, name: path, parent, attributes, dependsOn: [], position };
}

test("tables under other names are found again by what they are made of", () => {
  fc.assert(
    fc.property(schemas, fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }), (tables, which) => {
      const from = catalogOf(tables);
      const chosen = tables.flatMap((_, index) => (which[index] === true ? [index] : []));
      const renames = chosen.map((index) => ({
        kind: "table" as const,
        from: `table:public.t${index}`,
        to: `table:public.n${chosen.length - index}`,
      }));
      const to = applyRenames(from, renames);
      const found = findAmbiguities(from, to).map(({ kind, from: old, to: [first] }) => [kind, old, first]);
      const expected = renames.map(({ kind, from: old, to: name }) => [kind, old.slice(6), name.slice(6)]);
      expect(found.sort()).toEqual(expected.sort());
      const told = resolveRenames(
        found.map(([, old, name]) => `${old}:${name}`),
        from,
        to,
      );
      expect(findAmbiguities(from, to, told)).toEqual([]);
      expect(applyRenames(from, told)).toEqual(to);
    }),
    { numRuns: 200 },
  );
});

test("columns under other names are found again by their types and places", () => {
  fc.assert(
    fc.property(schemas, fc.nat(), (tables, choice) => {
      const from = catalogOf(tables);
      const table = choice % tables.length;
      const columns = tables[table] ?? [];
      const column = columns[choice % columns.length];
      const [old, name] = [`public.t${table}.${column?.name}`, `public.t${table}.another`];
      const to = applyRenames(from, [{ kind: "column", from: `column:${old}`, to: `column:${name}` }]);
      expect(findAmbiguities(from, to)).toEqual([{ kind: "column", from: old, to: [name] }]);
      expect(applyRenames(from, resolveRenames([`${old}:${name}`], from, to))).toEqual(to);
    }),
    { numRuns: 200 },
  );
});
