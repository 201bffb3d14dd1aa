import type { CheckOptions } from "../../app/check.ts";
import type { HistoryOptions } from "../../app/history.ts";
import type { ProjectOptions } from "../../app/project.ts";
import type { ShowOptions } from "../../app/show.ts";
import { amount, flag, type OptionsOf, required, text, type VerbSpec } from "./option.ts";
import { coverageOptions } from "./shared-options.ts";

const group = "See where things stand";
const offline = flag("--offline", "read the files only; ask no database");

const status = {
  name: "status",
  group,
  summary: "where the database is, what is pending, and every revision",
  description: [
    "Prints the current revision, what is pending, and the history with a mark and a date for each revision. Writes nothing and takes no lock. Exits with 0 whatever it finds: check is the verb for pipelines.",
  ],
  arguments: [],
  options: {} satisfies OptionsOf<ProjectOptions>,
  examples: [
    { command: "keelson status", explanation: "of the configured database" },
    { command: "keelson status --json | jq .pending", explanation: "for a program" },
  ],
} as const satisfies VerbSpec;

const current = {
  name: "current",
  group,
  summary: "the revision that the database is at",
  description: ["Prints the applied revisions that no applied revision builds on: one, unless branches are applied."],
  arguments: [],
  options: {} satisfies OptionsOf<ProjectOptions>,
  examples: [{ command: "keelson current", explanation: "the id and the message" }],
} as const satisfies VerbSpec;

const history = {
  name: "history",
  group,
  summary: "all revisions, newest first",
  description: [],
  arguments: [],
  options: {
    ...({
      offline,
      graph: flag("--graph", "draw branches and merges"),
    } satisfies OptionsOf<HistoryOptions>),
    limit: amount("count", "-n, --limit N", "only the newest N"),
  },
  examples: [
    { command: "keelson history -n 10", explanation: "the last ten" },
    { command: "keelson history --graph --offline", explanation: "branches and merges, without a database" },
  ],
} as const satisfies VerbSpec;

const heads = {
  name: "heads",
  group,
  summary: "the revisions that nothing builds on",
  description: ["More than one head means that branches wait for keelson merge. Needs no database."],
  arguments: [],
  options: {} satisfies OptionsOf<ProjectOptions>,
  examples: [{ command: "keelson heads", explanation: "usually one line" }],
} as const satisfies VerbSpec;

const show = {
  name: "show",
  group,
  summary: "a revision in full",
  description: ["Prints what is known of a revision, and its text."],
  arguments: [required("target", "an id, a unique beginning of one, head, label@head, ...")],
  options: {
    ...({ offline } satisfies OptionsOf<ShowOptions, "target">),
    diff: flag("--diff", "the difference between the text that ran and the file as it is now"),
    applied: flag("--applied", "print the text that ran, and nothing else"),
  },
  examples: [
    { command: "keelson show head", explanation: "the newest revision" },
    { command: "keelson show 3f2a --diff", explanation: "what was edited after it was applied" },
    { command: "keelson show 3f2a9c1b0d4e --applied > restored.sql", explanation: "bring back a lost file" },
  ],
} as const satisfies VerbSpec;

const check = {
  name: "check",
  group,
  summary: "the gate for pipelines: anything that should stop a deployment",
  description: [
    "Looks for pending, edited, missing and late revisions, several heads, and changes made outside of revisions, models that declare what no revision makes, and revisions that are not proven as they are. Exits with the highest code that applies: 2 pending, 3 edited, missing or changed outside, 4 several heads or out of order.",
  ],
  arguments: [],
  options: {
    against: text("--against REF", "judge revisions and models merged with those of a git ref; ask no database"),
    offline,
    ...coverageOptions,
  } satisfies OptionsOf<CheckOptions>,
  examples: [
    { command: "keelson check", explanation: "before a deployment" },
    {
      command: "keelson check --against origin/main",
      explanation: "on a pull request: two heads, or models ahead, after the merge?",
    },
  ],
} as const satisfies VerbSpec;

const doctor = {
  name: "doctor",
  group,
  summary: "test the connection and say what was found",
  description: [
    "Connects and prints what a run will depend on. Writes nothing. --check-only does the same on every verb.",
  ],
  arguments: [],
  options: {} satisfies OptionsOf<ProjectOptions>,
  examples: [
    { command: "keelson doctor", explanation: "of the configured database" },
    { command: "keelson doctor --env staging --wait 30", explanation: "of another environment, once it is up" },
  ],
} as const satisfies VerbSpec;

/** The verbs that only look. */
export const readingVerbs = { status, current, history, heads, show, check, doctor } as const;
