import { expect, test } from "vitest";
import { freshDatabase } from "../../support/postgres.ts";
import { readLedger } from "./catalog-ledger/read-ledger.ts";
import { columnsOfServer, missing } from "./catalog-ledger/server-columns.ts";

test("the ledger of the catalog has each column of each system catalog of PostgreSQL 15, and none besides", async () => {
  expect(missing(await readLedger(), await columnsOfServer(await freshDatabase()), 15)).toEqual([]);
});

test("a column too few and a column too many are both found", async () => {
  const ledger = await readLedger();
  const server = new Map(await columnsOfServer(await freshDatabase()));
  server.set("pg_class", [...(server.get("pg_class") ?? []), "relnew"]);
  server.set("pg_new", ["oid"]);
  server.delete("pg_enum");
  expect(missing(ledger, server, 15)).toEqual([
    "the page lacks pg_class.relnew",
    "the page lacks pg_new.oid",
    ...["enumlabel", "enumsortorder", "enumtypid", "oid"].map((column) => `the server lacks pg_enum.${column}`),
  ]);
});
