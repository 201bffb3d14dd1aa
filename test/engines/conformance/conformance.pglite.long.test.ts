import { join } from "node:path";
import { pgliteEngine } from "../../../src/engines/postgres/pglite-engine.ts";
import { pgliteCache } from "../../support/pglite-cache.ts";
import { temporaryFolder } from "../../support/project.ts";
import { describeEngine } from "./conformance.ts";

const ledger = { schema: "keelson", prefix: "" };

describeEngine("PGlite", async () => {
  const root = await temporaryFolder("pglite");
  const at = (name: string) =>
    pgliteEngine({ url: `pglite:${join(root, name)}`, ledger, cacheDirectory: pgliteCache() });
  return {
    engine: at("app"),
    again: () => {
      throw new Error("PGlite has one process at a time");
    },
    missing: at("missing"),
    secrets: [],
  };
});
