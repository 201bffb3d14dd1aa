import type { CheckReport } from "../app/check.ts";
import type { ErrorCode } from "../errors.ts";

/** What each exit code means; `docs/reference/exit-codes.md` says the same. */
export const exitMeanings = {
  0: "done",
  1: "the call, the configuration or the connection is wrong; nothing was changed",
  2: "something is to be done: revisions are pending, or the models are ahead of the history",
  3: "integrity: drift, an edited or missing revision, a ledger that can't be trusted",
  4: "the history has several heads or contradicts itself",
  5: "a lock or a connection did not come in time, or was lost",
  6: "a revision can't run, or failed: it was rolled back and nothing of it remains",
  7: "needs a person: a question that nobody answered with yes, a revision that is half done, an error in Keelson itself",
} as const;

/** One of the exit codes. */
export type ExitCode = keyof typeof exitMeanings;

const exitCodes: Readonly<Record<ErrorCode, ExitCode>> = {
  "usage.invalid": 1,
  "config.invalid": 1,
  "config.not-found": 1,
  "config.secret": 1,
  "file.exists": 1,
  "file.unreadable": 1,
  "file.unwritable": 1,
  "disk.full": 6,
  "connection.url": 1,
  "connection.refused": 1,
  "connection.starting": 1,
  "connection.auth": 1,
  "connection.tls": 1,
  "connection.timeout": 5,
  "connection.lost": 5,
  "connection.read-only": 1,
  "database.missing": 1,
  "database.exists": 1,
  "database.in-use": 5,
  "database.damaged": 3,
  "engine.missing": 1,
  "engine.unsupported": 1,
  "engine.in-use": 5,
  "privilege.missing": 1,
  "history.invalid-file": 3,
  "history.duplicate-id": 4,
  "history.duplicate-label": 4,
  "history.missing-parent": 4,
  "history.cycle": 4,
  "history.several-heads": 4,
  "history.conflict": 4,
  "target.invalid": 1,
  "target.unknown": 1,
  "target.ambiguous": 1,
  "target.out-of-range": 1,
  "target.not-reachable": 1,
  "target.overlap": 1,
  "revision.edited": 3,
  "revision.missing": 3,
  "revision.out-of-order": 4,
  "revision.no-down": 6,
  "revision.syntax": 6,
  "revision.transaction-control": 6,
  "revision.not-transactional": 6,
  "revision.preflight-failed": 6,
  "revision.requirement-unmet": 6,
  "revision.verify-failed": 6,
  "revision.foreign-keys": 6,
  "revision.failed": 6,
  "revision.partial": 7,
  "revision.unknown-effect": 7,
  "ledger.newer": 3,
  "ledger.foreign": 3,
  "ledger.damaged": 3,
  "drift.found": 3,
  "source.missing": 1,
  "source.invalid": 1,
  "source.failed": 1,
  "scratch.unavailable": 1,
  "scratch.extension": 1,
  "coverage.incomplete": 7,
  "plan.impossible": 7,
  "plan.ambiguous": 7,
  "plan.loses-data": 7,
  "proof.failed": 7,
  "models.ahead": 2,
  "revision.unproven": 2,
  "lock.timeout": 5,
  "lock.lost": 5,
  "lock.pooler": 5,
  "statement.failed": 6,
  "confirm.required": 7,
  "confirm.declined": 7,
  "run.interrupted": 6,
  "wait.timeout": 5,
  internal: 7,
};

/** The exit code of a command that ended with this error. */
export function exitCodeOf(code: ErrorCode): ExitCode {
  return exitCodes[code];
}

/** The exit code of a check: the highest that one of its problems has, 0 without any. */
export function exitCodeOfCheck(report: CheckReport): ExitCode {
  const codes = report.problems.map(({ code }) => (code === "revision.pending" ? 2 : exitCodes[code]));
  return codes.sort().at(-1) ?? 0;
}
