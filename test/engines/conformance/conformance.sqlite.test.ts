import { join } from "node:path";
import { describe } from "vitest";
import { sqliteEngine } from "../../../src/engines/sqlite/sqlite-engine.ts";
import { temporaryFolder } from "../../support/project.ts";
import { describeEngine } from "./conformance.ts";

const ledger = { prefix: "keelson_" };

describe.each(["delete", "wal"])("journal mode %s", (journalMode) => {
  describeEngine("SQLite", async () => {
    const root = await temporaryFolder("sqlite");
    const at = (name: string) => sqliteEngine({ url: `sqlite:${name}`, root, ledger });
    const engine = at("app.db");
    const session = await engine.open("write");
    await session.query(`PRAGMA journal_mode = ${journalMode}`);
    await session.close();
    return { engine, again: () => at(join(root, "app.db")), missing: at("missing.db"), secrets: [] };
  });
});

describeEngine("SQLite in memory", async () => {
  const root = await temporaryFolder("sqlite");
  return {
    engine: sqliteEngine({ url: "sqlite::memory:", root, ledger }),
    again: () => {
      throw new Error("a database in memory has no second engine");
    },
    missing: sqliteEngine({ url: "sqlite:missing.db", root, ledger }),
    secrets: [],
  };
});
