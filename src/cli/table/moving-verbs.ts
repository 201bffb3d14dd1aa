import type { ResetOptions } from "../../app/reset.ts";
import type { SqlOptions } from "../../app/sql.ts";
import type { StampOptions } from "../../app/stamp.ts";
import { flag, many, type OptionsOf, optional, text, type VerbSpec } from "./option.ts";
import { answerOptions, lockOptions, runOptions, targetParagraph } from "./shared-options.ts";

const group = "Move a database along the history";

const upgrade = {
  name: "upgrade",
  group,
  summary: "apply pending revisions",
  description: [
    "Applies what is pending up to the target, each revision exactly once whatever other runs do at the same time. A revision and its record in the ledger are one transaction: a run that fails, or is killed, is taken up by the next one.",
    "Asks before it runs statements that destroy data.",
    targetParagraph,
  ],
  arguments: [many("target", "where to go; head unless told")],
  options: runOptions,
  examples: [
    { command: "keelson upgrade", explanation: "to the head" },
    { command: "keelson upgrade +1", explanation: "one revision further" },
    { command: "keelson upgrade --dry-run", explanation: "look at the statements first" },
    { command: "keelson upgrade --wait 120 --yes", explanation: "in a container that starts beside its database" },
  ],
} as const satisfies VerbSpec;

const downgrade = {
  name: "downgrade",
  group,
  summary: "revert applied revisions",
  description: [
    "Reverts applied revisions down to the target, newest first, with their down sections. Always asks.",
    targetParagraph,
  ],
  arguments: [many("target", "where to go; -1 unless told")],
  options: runOptions,
  examples: [
    { command: "keelson downgrade", explanation: "the last revision" },
    { command: "keelson downgrade -2 --dry-run", explanation: "what reverting two would execute" },
    { command: "keelson downgrade base --yes", explanation: "everything, without a question" },
  ],
} as const satisfies VerbSpec;

const migrate = {
  name: "migrate",
  group,
  summary: "go to a target, up or down, whichever way it lies",
  description: ["Upgrades or downgrades, whichever leads to the target. Asks as those do.", targetParagraph],
  arguments: [many("target", "where to go; head unless told")],
  options: runOptions,
  examples: [
    { command: "keelson migrate", explanation: "to the head" },
    { command: "keelson migrate abc123def456", explanation: "to this revision" },
    { command: "keelson migrate -1", explanation: "one step back" },
    { command: "keelson migrate --env-file .env.staging --dry-run head", explanation: "look, in another environment" },
  ],
} as const satisfies VerbSpec;

const sql = {
  name: "sql",
  group,
  summary: "write a range of the history as a script for psql or sqlite3",
  description: [
    "Writes the statements of a range with the ledger's own, and a guard that stops the script anywhere but at its starting point. Reaches no database.",
    "keelson sql models writes what no revision makes yet, for reading: it has no guard, and the ledger does not hear of it.",
    "Apply it with psql -v ON_ERROR_STOP=1 -f FILE or sqlite3 DATABASE < FILE: the result is that of the run.",
  ],
  arguments: [
    optional("range", "from:to, both targets; base:head unless told; from after to writes the way down; or models"),
  ],
  options: {
    ...({} satisfies OptionsOf<SqlOptions, "range">),
    output: text("-o, --output FILE", "write into FILE instead of standard output"),
  },
  examples: [
    { command: "keelson sql -o all.sql", explanation: "from nothing to the head" },
    { command: "keelson sql 3f2a9c1b0d4e:head", explanation: "what comes after a revision" },
    { command: "keelson sql head:base", explanation: "the way down" },
    { command: "keelson sql models", explanation: "what the changed models need" },
  ],
} as const satisfies VerbSpec;

const stampOptions = {
  purge: flag("--purge", "forget everything else that is recorded, also what has no file"),
  acceptEdits: flag("--accept-edits", "record the present text of applied revisions that were edited"),
  statementDone: text("--statement-done REVISION:N", "the statement whose end nobody saw did take effect"),
  statementUndone: text("--statement-undone REVISION:N", "the statement whose end nobody saw did not"),
  yes: answerOptions.yes,
} as const satisfies OptionsOf<StampOptions, "targets" | "confirm">;

const stamp = {
  name: "stamp",
  group,
  summary: "change what the ledger says without running anything",
  description: [
    "Records that the database stands at the targets, for one that has the schema already. Runs no revision. Asks before it removes anything from the ledger.",
  ],
  arguments: [many("target", "where the database stands; base empties the ledger")],
  options: { ...stampOptions, force: answerOptions.force, ...lockOptions },
  examples: [
    { command: "keelson stamp head", explanation: "the database has everything already" },
    { command: "keelson stamp --accept-edits", explanation: "an edit of an applied file was meant" },
    {
      command: "keelson stamp --statement-done 3f2a9c1b0d4e:2",
      explanation: "answer what an interrupted run could not find out",
    },
  ],
} as const satisfies VerbSpec;

const resetOptions = {
  yes: answerOptions.yes,
  disconnect: flag("--disconnect", "end the sessions that use the database"),
  allowProduction: flag("--allow-production", "permit it in an environment that is marked as production"),
} as const satisfies OptionsOf<ResetOptions, "target" | "confirm">;

const reset = {
  name: "reset",
  group,
  summary: "drop the database, create it again and upgrade it",
  description: [
    "A clean start for development. Asks, because all data is lost; refused in an environment that is marked as production.",
  ],
  arguments: [optional("target", "where to go afterwards; head unless told")],
  options: {
    ...resetOptions,
    force: answerOptions.force,
    ...lockOptions,
    skipBackup: runOptions.skipBackup,
  },
  examples: [
    { command: "keelson reset", explanation: "asks, then starts again" },
    { command: "keelson reset --yes --disconnect", explanation: "also while others are connected" },
  ],
} as const satisfies VerbSpec;

/** The verbs that change a database by the history, or what its ledger says. */
export const movingVerbs = { upgrade, downgrade, migrate, sql, stamp, reset } as const;
