import { postgresEngine } from "../../../src/engines/postgres/postgres-engine.ts";

/** A program for tests: takes the run lock, says so, and keeps it until it is killed. */
const engine = postgresEngine({ url: process.argv[2] ?? "", ledger: { schema: "keelson", prefix: "" } });
const work = await engine.open("write");
await engine.acquireLock({ name: "main", timeoutMs: 5000, work, spansTransactions: true });
process.stdout.write("held\n");
