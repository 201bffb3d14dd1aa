import { sqliteEngine } from "../../../src/engines/sqlite/sqlite-engine.ts";
import { isKeelsonError } from "../../../src/errors.ts";

/** Run where better-sqlite3 can't be found: prints what opening says, and how many statements are parsed without it. */
const engine = sqliteEngine({ url: "sqlite::memory:", root: "/", ledger: { prefix: "keelson_" } });
const statements = (await engine.parse("CREATE TABLE t (x);")).length;
const error = await engine.open("read").catch((thrown: unknown) => thrown);
console.log(
  JSON.stringify(isKeelsonError(error) ? { code: error.code, hint: error.hint, statements } : { error: String(error) }),
);
