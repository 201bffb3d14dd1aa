/**
 * A process that upgrades its database and is killed on the way. Its one argument is JSON: the options of `upgrade`, and
 * `killAt`: after which statement it dies as by `kill -9`; with `killInMs` that many milliseconds later, wherever it is
 * then. When it was not killed it prints its statements, each with the milliseconds after which it ended, as JSON.
 */
import { spawn } from "node:child_process";
import process from "node:process";
import { upgrade } from "../../../dist/index.js";

const { killAt = 0, killInMs, ...options } = JSON.parse(process.argv[2] ?? "{}");
const statements = [];

await upgrade({
  ...options,
  onStatement: (sql) => {
    statements.push({ sql, at: performance.now() });
    if (statements.length !== killAt) return;
    if (killInMs === undefined) process.kill(process.pid, "SIGKILL");
    // The statements of SQLite keep this process busy, so another one has to do it.
    else spawn("sh", ["-c", `sleep ${killInMs / 1000}; kill -9 ${process.pid}`], { stdio: "ignore" });
  },
});
process.stdout.write(JSON.stringify(statements));
