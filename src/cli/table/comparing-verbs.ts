import type { DiffOptions } from "../../app/diff.ts";
import type { PlanOptions } from "../../app/plan.ts";
import type { ProveOptions } from "../../app/prove.ts";
import { counts, flag, many, type OptionsOf, optional, required, type VerbSpec } from "./option.ts";
import { coverageOptions, renameOptions, targetParagraph } from "./shared-options.ts";

const diff = {
  name: "diff",
  group: "See where things stand",
  summary: "what differs between two schemas",
  description: [
    "Prints what must happen to the first to become the second: each object that comes, goes or changes, with the attributes that differ. Exits with 0 where they are equal, with 2 where they differ. Changes no database.",
    "Either side is models, history, database (the live one), a target of the history, the URL of another database, or an .sql file. What is not a database already is made on a scratch database.",
  ],
  arguments: [required("a", "the one schema"), required("b", "the other")],
  options: {
    sql: flag("--sql", "print the statements that turn the first into the second instead"),
    ...renameOptions,
    ...coverageOptions,
  } satisfies OptionsOf<DiffOptions, "a" | "b" | "answerRename">,
  examples: [
    { command: "keelson diff history models", explanation: "what create would find" },
    { command: "keelson diff database history", explanation: "what somebody changed by hand" },
    { command: "keelson diff database postgres://localhost/app_copy --sql", explanation: "make one like the other" },
    { command: "keelson diff 3f2a head", explanation: "what the revisions in between did" },
  ],
} as const satisfies VerbSpec;

const plan = {
  name: "plan",
  group: "See where things stand",
  summary: "the statements that a target, or the models, would need",
  description: [
    "Prints the statements of the pending revisions up to the target, or of those to revert, with what they destroy. keelson plan models prints what create would write. Executes nothing on the live database.",
    targetParagraph,
  ],
  arguments: [optional("target", "where to go, or models; head unless told")],
  options: { ...renameOptions, ...coverageOptions } satisfies OptionsOf<PlanOptions, "target" | "answerRename">,
  examples: [
    { command: "keelson plan", explanation: "what upgrade would execute" },
    { command: "keelson plan models", explanation: "what the changed models need" },
    { command: "keelson plan -1", explanation: "what going back by one would execute" },
  ],
} as const satisfies VerbSpec;

const prove = {
  name: "prove",
  group: "Write revisions",
  summary: "prove again what a person wrote or edited",
  description: [
    "Runs each revision up and down on a scratch database, on top of what it builds on, and writes into its header that this was proven, where, and for which text. Nothing else in the file is changed. Exits with 7 where a proof fails.",
    "A project that runs on several PostgreSQL majors proves on each of them that is at hand. If one of them fails, nothing is written.",
  ],
  arguments: [many("revision", "which ones; those that are not proven as they are now unless told")],
  options: {
    all: flag("--all", "every revision, also those that are proven"),
    majors: counts("--on MAJORS", "the PostgreSQL majors to prove on: 15,18; those of the configuration unless told"),
  } satisfies OptionsOf<ProveOptions, "revisions">,
  examples: [
    { command: "keelson prove", explanation: "after editing a revision" },
    { command: "keelson prove head", explanation: "the newest one" },
    { command: "keelson prove --all", explanation: "all of them, for example after a new release of Keelson" },
    { command: "keelson prove --on 15,18", explanation: "what is not proven on these majors yet" },
  ],
} as const satisfies VerbSpec;

/** The verbs that compare schemas and try revisions. */
export const comparingVerbs = { diff, plan, prove } as const;
