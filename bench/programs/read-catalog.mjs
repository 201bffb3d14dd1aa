// Reads the catalog of a database once: node read-catalog.mjs URL
import { postgresEngine } from "../../dist/postgres.js";

const engine = postgresEngine({ url: process.argv[2], root: process.cwd(), ledger: { schema: "keelson", prefix: "" } });
const session = await engine.open("read");
const catalog = await engine.introspect(session);
await session.close();
await engine.close();
console.log(`${catalog.objects.length} objects`);
