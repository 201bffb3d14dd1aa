import { expect, test } from "vitest";
import type { Catalog, SchemaObject } from "./catalog.ts";
import { compareCatalogs } from "./compare.ts";

function installed(attributes: SchemaObject["attributes"]): Catalog {
  const object: SchemaObject = {
    kind: "extension",
    id: "extension:hstore",
    name: "hstore",
    parent: null,
    attributes: { schema: "public", ...attributes },
    dependsOn: [],
    position: 0,
  };
  return { format: 3, dialect: "postgres", serverVersion: "18", objects: [object], unmanaged: [] };
}

const changed = (from: Catalog, to: Catalog): readonly string[] =>
  compareCatalogs(from, to).flatMap(({ attributes }) => attributes.map(({ name }) => name));

test("the versions that two servers install by themselves are equal, and one that somebody asked for is not", () => {
  const old = installed({ version: "1.7", usualVersion: true });
  const fresh = installed({ version: "1.8", usualVersion: true });
  const pinned = installed({ version: "1.4" });
  expect(changed(old, fresh)).toEqual([]);
  expect(changed(fresh, old)).toEqual([]);
  expect(changed(fresh, pinned)).toEqual(["version"]);
  expect(changed(pinned, fresh)).toEqual([]);
  expect(changed(pinned, installed({ version: "1.5" }))).toEqual(["version"]);
});

test("a server that brings a newer version has not changed the database that keeps the older one", () => {
  expect(changed(installed({ version: "1.7", usualVersion: true }), installed({ version: "1.7" }))).toEqual([]);
});

test("another schema counts, and whether the server lets it change does not", () => {
  const fixed = installed({ fixedSchema: true });
  expect(changed(installed({}), fixed)).toEqual([]);
  expect(changed(installed({}), installed({ schema: "extensions" }))).toEqual(["schema"]);
});
