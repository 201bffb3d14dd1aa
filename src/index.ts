/** The library: configuration, and every verb of the command line as a function with the same defaults. */
export { type CheckOptions, type CheckReport, check } from "./app/check.ts";
export type { CheckProblem } from "./app/check-problem.ts";
export { type CreateOptions, type CreateReport, create, type WrittenReport } from "./app/create.ts";
export {
  createDatabase,
  type DropDatabaseOptions,
  dropDatabase,
} from "./app/database.ts";
export { type DiffOptions, type DiffReport, diff } from "./app/diff.ts";
export { type DoctorReport, doctor } from "./app/doctor.ts";
export { downgrade, previewDowngrade } from "./app/downgrade.ts";
export type {
  ChangesFound,
  GeneratedBody,
  GenerateOptions,
  NothingToWrite,
  ProvenBody,
  SourcesRead,
} from "./app/generate.ts";
export { current, type HistoryOptions, type HistoryReport, heads, history } from "./app/history.ts";
export { type InitOptions, type InitReport, init } from "./app/init.ts";
export { type MergeOptions, type MergeReport, merge } from "./app/merge.ts";
export { migrate, previewMigrate } from "./app/migrate.ts";
export { type PlanOptions, type PlanReport, plan } from "./app/plan.ts";
export type { CodePreview } from "./app/preview-code.ts";
export type { ProjectOptions } from "./app/project.ts";
export type { ProofReport, ServerProof } from "./app/proof-report.ts";
export { type ProveOptions, type ProveReport, prove, type RevisionProof } from "./app/prove.ts";
export type { RenameOptions } from "./app/rename-answers.ts";
export { type ResetOptions, reset } from "./app/reset.ts";
export type { RevisionReport } from "./app/revision-report.ts";
export type { PreviewStep, RunOptions, RunPreview } from "./app/run-verb.ts";
export { type ShowOptions, type ShowReport, show } from "./app/show.ts";
export { type SqlOptions, type SqlReport, sql } from "./app/sql.ts";
export { type SquashedBody, type SquashOptions, type SquashReport, squash } from "./app/squash.ts";
export { type StampOptions, type StampReport, stamp } from "./app/stamp.ts";
export { type HistoryLine, type RevisionState, type StatusReport, status } from "./app/status.ts";
export { previewUpgrade, upgrade } from "./app/upgrade.ts";
export type { WaitOptions } from "./app/wait.ts";
export { defineConfig, type KeelsonConfig } from "./config/define-config.ts";
export { loadSettings } from "./config/load-settings.ts";
export type { SettingOverrides, Settings } from "./config/settings.ts";
export { type ErrorCode, errorCodes, isKeelsonError, KeelsonError } from "./errors.ts";
export type { RunReport, RunStepReport } from "./migrate/run-report.ts";
export type { Confirmation } from "./migrate/run-request.ts";
export type { ProgressEvent, ProgressSink } from "./progress/events.ts";
export {
  type Check,
  type Checks,
  defineRevision,
  type Parameter,
  type RevisionDatabase,
  type RevisionDefinition,
} from "./revisions/define-revision.ts";
