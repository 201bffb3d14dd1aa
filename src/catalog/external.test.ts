import { describe, expect, test } from "vitest";
import type { Catalog, ObjectKind } from "./catalog.ts";
import { externalNames, withoutExternal } from "./external.ts";

function catalog(dialect: Catalog["dialect"], ids: readonly (readonly [id: string, parent?: string])[]): Catalog {
  return {
    format: 3,
    dialect,
    serverVersion: "18",
    unmanaged: [],
    objects: ids.map(([id, parent]) => ({
      kind: id.slice(0, id.indexOf(":")) as ObjectKind,
      id,
      name: id,
      parent: parent ?? null,
      attributes: id === "sequence:public.accounts_id_seq" ? { ownedBy: "public.accounts.id" } : {},
      dependsOn: [],
      position: 0,
    })),
  };
}

const left = (from: Catalog, names: readonly string[]) => withoutExternal(from, names).objects.map(({ id }) => id);

describe("what belongs to others is left out", () => {
  const postgres = catalog("postgres", [
    ["extension:pgcrypto"],
    ["schema:auth"],
    ["schema:public"],
    ["table:auth.users", "schema:auth"],
    ["column:auth.users.id", "table:auth.users"],
    ["function:auth.uid(integer)", "schema:auth"],
    ["table:public.accounts", "schema:public"],
    ["column:public.accounts.id", "table:public.accounts"],
    ["index:public.accounts_mail", "table:public.accounts"],
    ["sequence:public.accounts_id_seq"],
    ["table:public.posts", "schema:public"],
    ["constraint:public.posts.owner", "table:public.posts"],
  ]);

  test("a table with its parts and its sequence, whose schema stays", () => {
    const expected = postgres.objects.map(({ id }) => id).filter((id) => !id.includes("accounts"));
    expect(left(postgres, ["public.accounts"])).toEqual(expected);
    expect(left(postgres, ["accounts"])).toEqual(expected);
    expect(left(postgres, ["auth.accounts", "Accounts"])).toEqual(postgres.objects.map(({ id }) => id));
  });

  test("a whole schema with the schema itself", () => {
    expect(left(postgres, ["auth.*"])).toEqual(
      postgres.objects.map(({ id }) => id).filter((id) => !/[.:]?auth\b/.test(id)),
    );
  });

  test("in SQLite by the name alone", () => {
    const sqlite = catalog("sqlite", [
      ["table:main.accounts"],
      ["column:main.accounts.id", "table:main.accounts"],
      ["table:main.posts"],
    ]);
    expect(left(sqlite, ["public.accounts"])).toEqual(["table:main.posts"]);
    expect(left(sqlite, ["auth.*", "auth.accounts"])).toHaveLength(3);
  });

  test("quoted names are told from unquoted ones", () => {
    const isExternal = externalNames(['auth."My Users"', '"a.b".c']);
    expect([isExternal("auth", "My Users"), isExternal("auth", "my users"), isExternal("a.b", "c")]).toEqual([
      true,
      false,
      true,
    ]);
  });
});
