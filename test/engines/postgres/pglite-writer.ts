import { pgliteEngine } from "../../../src/engines/postgres/pglite-engine.ts";

/** A program for tests: opens a PGlite folder and writes rows until it is killed, telling each commit. */
const [folder = "", cacheDirectory = ""] = process.argv.slice(2);
const engine = pgliteEngine({ url: `pglite:${folder}`, ledger: { schema: "keelson", prefix: "" }, cacheDirectory });
const session = await engine.open("write");
await session.query("CREATE TABLE IF NOT EXISTS written (n integer, filler text)");
for (let n = 1; ; n += 1) {
  await session.script(["BEGIN", `INSERT INTO written VALUES (${n}, repeat('x', 5000))`, "COMMIT"]);
  process.stdout.write(`${n}\n`);
  await new Promise((resolve) => setImmediate(resolve));
}
