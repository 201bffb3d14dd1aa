/**
 * An application that upgrades its database when it starts, as a process of its own. Its one argument is JSON: the
 * options of the verb, `verb` (`upgrade` unless told), and `killAt`: after which request to the database the process
 * kills itself as `kill -9` would. Prints every event, and at the end what came of it, as one line of JSON each.
 */
import process from "node:process";
import { downgrade, migrate, upgrade } from "../../dist/index.js";

const { verb = "upgrade", killAt = 0, ...options } = JSON.parse(process.argv[2] ?? "{}");
const verbs = { upgrade, downgrade, migrate };
let requests = 0;

function print(line) {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

try {
  const report = await verbs[verb]({
    ...options,
    on: print,
    onStatement: () => {
      requests += 1;
      if (requests === killAt) process.kill(process.pid, "SIGKILL");
    },
  });
  print({ event: "done", requests, steps: report.steps.map((step) => [step.id, step.outcome]) });
} catch (error) {
  print({ event: "failed", code: error.code ?? null, message: error.message, hint: error.hint ?? null });
  process.exitCode = 1;
}
