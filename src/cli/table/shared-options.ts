import type { ProjectOptions } from "../../app/project.ts";
import type { RunOptions } from "../../app/run-verb.ts";
import type { SettingOverrides } from "../../config/settings.ts";
import { amount, choice, flag, list, type OptionSpec, type OptionsOf, text } from "./option.ts";

const logLevels = ["debug", "info", "warn", "error", "silent"] as const;

/** Project options that a person does not type as they are. */
type MadeByCode = "settings" | "engine" | "on" | "signal" | "wait" | "onStatement";
type Timeouts = "lockTimeoutMs" | "runLockTimeoutMs";

/** The options that say which project and which database; every verb takes them. */
export const projectOptions = {
  url: text("--url URL", "the database: postgres://…, pglite:FOLDER, sqlite:FILE"),
  directUrl: text("--direct-url URL", "the same database past a connection pooler"),
  environment: text("--env NAME", "an environment of the configuration"),
  envFile: text("--env-file FILE", "read variables from FILE instead of .env"),
  configFile: text("--config FILE", "the configuration; else keelson.config.ts, here or in a folder above"),
  migrations: text("--migrations FOLDER", "the folder of revisions"),
  cwd: text("--cwd FOLDER", "work as if started in FOLDER"),
  logLevel: choice("--log-level LEVEL", "how much is logged on standard error", logLevels),
  logFormat: choice("--log-format FORMAT", "logs as lines for people or as JSON", ["text", "json"]),
} as const satisfies {
  readonly [Name in Exclude<keyof ProjectOptions, MadeByCode | Timeouts>]-?: OptionSpec<
    NonNullable<ProjectOptions[Name]>
  >;
};

/** The options of every verb. */
export const globalOptions = {
  ...projectOptions,
  json: flag("--json", "print one JSON object a line, and nothing else, on standard output"),
  wait: amount("seconds", "--wait SECONDS", "wait so long for a database that is still starting"),
  waitFor: text("--wait-for URL", "wait for this HTTP health address first (60 s unless --wait says more)"),
  checkOnly: flag("--check-only", "test the connection, say what was found, and stop (see doctor)"),
  help: flag("-h, --help", "explain the verb"),
} as const;

/** How long a run waits for locks; on every verb that takes the run lock. */
export const lockOptions = {
  lockTimeoutMs: amount(
    "duration",
    "--lock-timeout DURATION",
    "how long a statement may wait for a lock on a table (5s)",
  ),
  runLockTimeoutMs: amount("duration", "--run-lock-timeout DURATION", "how long to wait for another run to end (10m)"),
} as const satisfies { readonly [Name in Timeouts]: OptionSpec<NonNullable<SettingOverrides[Name]>> };

/** Answers to questions, on every verb that asks any. */
export const answerOptions = {
  yes: flag("-y, --yes", "answer every question with yes; overrides no refusal"),
  force: flag("--force", "the same as --yes"),
} as const;

/** Answers to what the comparison of two schemas can't know, on every verb that plans. */
export const renameOptions = {
  renames: list(
    "--rename OLD:NEW",
    "what has another name now: users:people, users.mail:users.email, enum-value:mood.sad:mood.low",
  ),
  drops: list("--drop OLD", "what went and is nothing under another name, with all that is in it"),
  renamesFile: text("--renames FILE", 'a file with such answers: lines "rename OLD:NEW" and "drop OLD", or JSON'),
  maps: list(
    "--map ENUM:OLD=NEW",
    "what rows get instead of a value that an enum loses: public.state:old=new (old= for no value)",
  ),
} as const;

/** Refusals that are asked for, on every verb that compares schemas. */
export const coverageOptions = {
  strictCoverage: flag("--strict-coverage", "refuse where something exists that is neither compared nor written"),
} as const;

/** What a verb that moves a database passes on. */
const moveOptions = {
  yes: answerOptions.yes,
  singleTransaction: flag("--single-transaction", "all revisions in one transaction: all of them or none"),
  outOfOrder: choice("--out-of-order POLICY", "what to do with a pending revision older than an applied one", [
    "refuse",
    "apply",
  ]),
  allowMissing: flag("--allow-missing", "go on although files of applied revisions are missing"),
  lockRetries: amount(
    "count",
    "--lock-retries N",
    "how often to try a revision again that waited too long for a lock (4)",
  ),
} as const satisfies OptionsOf<RunOptions, "target" | "confirm">;

/** The options of `upgrade`, `downgrade` and `migrate`. */
export const runOptions = {
  dryRun: flag("--dry-run", "print the statements and where they would lead; execute nothing"),
  ...answerOptions,
  ...moveOptions,
  ...lockOptions,
  skipBackup: flag("--skip-backup", "make no backup before the run (this release never makes one)"),
} as const;

/** Targets of a run, as the help of several verbs explains them. */
export const targetParagraph =
  "A target is head, heads, base, a number of steps such as +2 or -1, an id or a unique beginning of one, an id with steps (id+1, id-1), or a label (label@head, label@-1).";
