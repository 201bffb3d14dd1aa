import { postgresEngine } from "../../../src/engines/postgres/postgres-engine.ts";
import { freshDatabase } from "../../support/postgres.ts";
import { describeEngine } from "./conformance.ts";

const ledger = { schema: "keelson", prefix: "" };
const password = "s3cret-canary";

describeEngine("PostgreSQL", async () => {
  const url = new URL(await freshDatabase());
  url.password = password;
  const missing = new URL(url);
  missing.pathname = `${url.pathname}_missing`;
  const at = (place: URL) => postgresEngine({ url: place.href, ledger });
  return { engine: at(url), again: () => at(url), missing: at(missing), secrets: [password] };
});
