/** What scripts/run_migrations does: the function of the library, with a log for the one who reads it later. */
import { parseArgs } from "node:util";
import { isKeelsonError, previewUpgrade } from "keelson";
import { applyMigrations } from "./migrations.js";
import { projectSettings, ServiceError } from "./settings.js";

const usage = `Usage: ./scripts/run_migrations [TARGET] [OPTIONS]

Applies what is pending, up to the newest revision or to TARGET (an id, +1, ...). Each revision is one transaction with
its record: one that fails is rolled back, those before it stay, and the next run goes on there. Any number of runs may
start at once.

Options
  --dry-run         prints the statements and runs nothing
  --yes             goes on where data would be destroyed
  --wait SECONDS    waits so long for a server that is still starting
  --url URL         another database; else the one of the application: DATABASE_URL, .env or keelson.config.ts
  --env NAME        an environment: its variables are in .env.NAME
  --env-file FILE   reads variables from FILE instead of .env
  --json            one JSON object a line, the result last
  -h, --help        this text

Exit codes: 0 done, 1 configuration or connection, 3 edited, missing or changed from outside, 4 several heads,
5 a lock or the connection timed out, 6 failed and rolled back, 7 needs a person`;

/** The exit codes of Keelson's command line, by the beginning of an error's code; the first that fits counts. */
const exitCodes = [
  [/^(confirm\.|revision\.(partial|unknown-effect)|internal)/, 7],
  [/^(history\.invalid-file|revision\.(edited|missing)|drift|ledger)/, 3],
  [/^(history|revision\.out-of-order)/, 4],
  [/^(lock|wait|connection\.(timeout|lost)|engine\.in-use)/, 5],
  [/^(revision|statement|run|disk)\./, 6],
];

const flag = { type: "boolean" };
const text = { type: "string" };

function parse(argv) {
  const options = { "dry-run": flag, yes: flag, wait: text, url: text, env: text, "env-file": text, json: flag };
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { ...options, help: { type: "boolean", short: "h" } },
  });
  const wait = values.wait === undefined ? null : Number(values.wait);
  if (wait !== null && !(wait >= 0)) throw new TypeError("--wait takes a number of seconds.");
  if (positionals.length > 1) throw new TypeError("There is one target at most.");
  return { values, target: positionals[0], wait };
}

async function main(argv) {
  const { values, target, wait } = parse(argv);
  if (values.help) return void console.log(usage);
  const log = logger(values.json === true);
  const settings = await projectSettings({
    ...(values.url === undefined ? {} : { url: values.url }),
    ...(values.env === undefined ? {} : { environment: values.env }),
    ...(values["env-file"] === undefined ? {} : { envFile: values["env-file"] }),
  });
  const options = {
    settings,
    signal: interruption(),
    ...(target === undefined ? {} : { target }),
    ...(wait === null ? {} : { wait: { timeoutMs: wait * 1000, everyMs: 1000 } }),
  };
  if (values["dry-run"]) return preview(await previewUpgrade(options), values.json === true);
  const report = await applyMigrations({ ...options, log, yes: values.yes === true });
  if (values.json) console.log(JSON.stringify({ event: "result", ...report }));
}

function logger(json) {
  return (level, message) => {
    const time = new Date().toISOString();
    console.log(
      json ? JSON.stringify({ event: "log", time, level, message }) : `${time}  ${level.padEnd(7)}  ${message}`,
    );
  };
}

function preview(report, json) {
  if (json) return void console.log(JSON.stringify({ event: "result", ...report }));
  if (report.steps.length === 0) return void console.log("Nothing is pending.");
  for (const { id, message, groups } of report.steps) {
    console.log(`-- ${id}: ${message}`);
    for (const statement of groups.flatMap(({ statements }) => statements)) console.log(`${statement};`);
  }
}

/** A deployment that is stopped rolls back what is under way; what is done stays. */
function interruption() {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => controller.abort());
  return controller.signal;
}

const argv = process.argv.slice(2);
try {
  await main(argv);
} catch (error) {
  const isUsage = error instanceof TypeError && (error.code?.startsWith("ERR_PARSE_ARGS") ?? true);
  if (!isKeelsonError(error) && !(error instanceof ServiceError) && !isUsage) throw error;
  const code = error.code ?? "usage.invalid";
  process.exitCode = exitCodes.find(([pattern]) => pattern.test(code))?.[1] ?? 1;
  const { message, hint = isUsage ? "./scripts/run_migrations --help" : undefined } = error;
  if (argv.includes("--json"))
    console.log(JSON.stringify({ event: "error", code, message, hint, exitCode: process.exitCode }));
  else console.error([`${new Date().toISOString()}  ERROR    ${message}`, hint].filter(Boolean).join("\n"));
}
