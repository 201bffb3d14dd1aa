import type { CreateOptions } from "../../app/create.ts";
import type { InitOptions } from "../../app/init.ts";
import type { MergeOptions } from "../../app/merge.ts";
import type { SquashOptions } from "../../app/squash.ts";
import { choice, flag, list, many, type OptionsOf, required, text, type VerbSpec } from "./option.ts";
import { answerOptions, coverageOptions, renameOptions } from "./shared-options.ts";

const group = "Write revisions";

const init = {
  name: "init",
  group,
  summary: "write a configuration, a first model and the folders",
  description: [
    "Writes keelson.config.ts, a first model in models/schema.ts and the folder of revisions. Overwrites nothing.",
    "--url and --migrations go into the configuration. Never put a password there: leave --url out and set DATABASE_URL.",
  ],
  arguments: [],
  // All that init takes are options of every verb.
  options: {} satisfies OptionsOf<InitOptions>,
  examples: [
    { command: "keelson init", explanation: "the embedded PostgreSQL, nothing else to install" },
    { command: "keelson init --url sqlite:app.db --migrations db/migrations", explanation: "SQLite, another folder" },
  ],
} as const satisfies VerbSpec;

const createOptions = {
  empty: flag("--empty", "write a revision without statements; reach no database"),
  ts: flag("--ts", "write a commented revision in TypeScript, for changes that need code; reach no database"),
  from: choice("--from WHERE", "compare the models with the history (unless told) or with the live database", [
    "history",
    "database",
  ]),
  ...renameOptions,
  ...coverageOptions,
  check: flag("--check", "write nothing; exit with 2 when there is something to write"),
  unproven: flag("--unproven", "write it although its proof failed"),
  yes: answerOptions.yes,
  parents: list("--parent TARGET", "build on this revision instead of the only head; several times for a merge"),
  labels: list("--label NAME", "give the revision a label, a name for its branch"),
  dependsOn: list("--depends-on TARGET", "must be applied before, without being a parent"),
} as const satisfies OptionsOf<CreateOptions, "message" | "layout" | "answerRename" | "confirmLosses">;

const create = {
  name: "create",
  group,
  summary: "write the revision that the models need, proven up and down",
  description: [
    "Compares what the models declare with what the history makes, and writes a revision with the way there and the way back. Both ways are run on a scratch database first; a revision that does not lead to the models is not written. Changes no live database.",
    "Asks whether what went was renamed or is to be dropped, and before it writes a revision that destroys data. Where nobody can answer, the same is said by --rename, --drop and --yes.",
    "Exits with 0 and says so when nothing has changed.",
  ],
  arguments: [many("message", "what the revision does, such as: add users")],
  options: {
    ...createOptions,
    force: answerOptions.force,
    layout: choice("--layout LAYOUT", "one file with sections, or the files of SQLx; else as the folder has it", [
      "keelson",
      "simple",
      "reversible",
    ]),
    simple: flag("--simple", "the same as --layout simple: one file without a down"),
    reversible: flag("--reversible", "the same as --layout reversible: a pair of .up.sql and .down.sql"),
    sequential: flag("--sequential", "number the files of SQLx 0001, 0002, ..."),
    timestamp: flag("--timestamp", "number the files of SQLx by the time in UTC"),
  },
  examples: [
    { command: 'keelson create "add users"', explanation: "what the models need, on top of the head" },
    { command: "keelson create --check", explanation: "in a pipeline: do the models need a revision?" },
    {
      command: 'keelson create "call it email" --rename users.mail:users.email',
      explanation: "a column has another name",
    },
    { command: 'keelson create --empty "fill in countries"', explanation: "a revision to write by hand" },
    { command: "keelson create --empty --reversible add_users", explanation: "a pair of files as SQLx writes them" },
    {
      command: 'keelson create --parent base --label billing "billing begins"',
      explanation: "a branch of its own, later named billing@head",
    },
  ],
} as const satisfies VerbSpec;

const mergeOptions = {
  message: text("-m, --message TEXT", "what to call the merge"),
  unproven: flag("--unproven", "join them without running them in both orders first"),
} as const satisfies OptionsOf<MergeOptions, "revisions">;

const merge = {
  name: "merge",
  group,
  summary: "join heads with a revision that builds on all of them",
  description: [
    "Runs the branches in both orders on a scratch database. Where both lead to the same schema and the same rows, an",
    "empty revision whose parents are the heads is written. Where they do not, nothing is, and the conflict is named.",
  ],
  arguments: [many("revision", "the heads to join; all of them unless told")],
  options: mergeOptions,
  examples: [
    { command: "keelson merge", explanation: "join all heads" },
    { command: 'keelson merge 3f2a 9c41 -m "join billing"', explanation: "join two of them" },
  ],
} as const satisfies VerbSpec;

const squashOptions = {
  message: text("-m, --message TEXT", "what to call the squash"),
  keepStatements: flag(
    "--keep-statements",
    "keep the statements of the revisions, also where they could be written anew",
  ),
} as const satisfies OptionsOf<SquashOptions, "range">;

const squash = {
  name: "squash",
  group,
  summary: "replace a range of revisions by one that leads to the same schema",
  description: [
    "Writes one revision that takes the place of those between two targets, proven to lead to the same schema. From base",
    "its statements are written anew where the range leaves no rows; elsewhere the statements are kept as they are. The",
    "replaced files stay: a database inside the range goes on with them. Remove them once none is left there.",
  ],
  arguments: [required("range", "from:to, both targets of the files")],
  options: squashOptions,
  examples: [
    { command: "keelson squash base:3f2a", explanation: "everything up to 3f2a becomes one revision" },
    { command: 'keelson squash 3f2a:head -m "billing"', explanation: "what came after 3f2a" },
  ],
} as const satisfies VerbSpec;

/** The verbs that write files of the project. */
export const writingVerbs = { init, create, merge, squash } as const;
