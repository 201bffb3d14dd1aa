/**
 * Every failure that Keelson reports. A code is part of the public contract: it is documented in
 * `docs/reference/errors.md`, mapped to an exit code at the edge, and never reused for something else.
 */
export const errorCodes = [
  // The call or the configuration
  "usage.invalid",
  "config.invalid",
  "config.not-found",
  "config.secret",
  "file.exists",
  "file.unreadable",
  "file.unwritable",
  "disk.full",
  // Reaching a database
  "connection.url",
  "connection.refused",
  "connection.starting",
  "connection.auth",
  "connection.tls",
  "connection.timeout",
  "connection.lost",
  "connection.read-only",
  "database.missing",
  "database.exists",
  "database.in-use",
  "database.damaged",
  "engine.missing",
  "engine.unsupported",
  "engine.in-use",
  "privilege.missing",
  // The history, as files
  "history.invalid-file",
  "history.duplicate-id",
  "history.duplicate-label",
  "history.missing-parent",
  "history.cycle",
  "history.several-heads",
  "history.conflict",
  // Targets
  "target.invalid",
  "target.unknown",
  "target.ambiguous",
  "target.out-of-range",
  "target.not-reachable",
  "target.overlap",
  // The history against the ledger
  "revision.edited",
  "revision.missing",
  "revision.out-of-order",
  "revision.no-down",
  "revision.syntax",
  "revision.transaction-control",
  "revision.not-transactional",
  "revision.preflight-failed",
  "revision.requirement-unmet",
  "revision.verify-failed",
  "revision.foreign-keys",
  "revision.failed",
  "revision.partial",
  "revision.unknown-effect",
  "ledger.newer",
  "ledger.foreign",
  "ledger.damaged",
  "drift.found",
  // From a declared schema to a proven revision
  "source.missing",
  "source.invalid",
  "source.failed",
  "scratch.unavailable",
  "scratch.extension",
  "coverage.incomplete",
  "plan.impossible",
  "plan.ambiguous",
  "plan.loses-data",
  "proof.failed",
  "models.ahead",
  "revision.unproven",
  // Running
  "lock.timeout",
  "lock.lost",
  "lock.pooler",
  "statement.failed",
  "confirm.required",
  "confirm.declined",
  "run.interrupted",
  "wait.timeout",
  "internal",
] as const;

/** One of the documented failure codes. */
export type ErrorCode = (typeof errorCodes)[number];

/** What a `KeelsonError` is made of besides its code and message. */
export interface ErrorOptions {
  /** What to do next, as one or more sentences or commands. */
  readonly hint?: string;
  /** Plain data for `--json` and for programs; never holds a secret. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/**
 * The only error that Keelson throws on purpose. `message` says what is wrong, where, and what state the database is
 * in; `hint` says what to do next. Both are written for the user, so an edge prints them and nothing else.
 */
export class KeelsonError extends Error {
  override readonly name = "KeelsonError";
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
    this.details = options.details ?? {};
  }
}

/** Tells whether a thrown value is a `KeelsonError`, with the given code if one is named. */
export function isKeelsonError(error: unknown, code?: ErrorCode): error is KeelsonError {
  return error instanceof KeelsonError && (code === undefined || error.code === code);
}
