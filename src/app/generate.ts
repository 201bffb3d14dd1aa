import type { Catalog } from "../catalog/catalog.ts";
import type { CatalogDifference } from "../catalog/compare.ts";
import type { Dialect } from "../engines/engine.ts";
import { KeelsonError } from "../errors.ts";
import type { Ambiguity } from "../plan/plan.ts";
import { requireSectionText } from "../plan/requirement.ts";
import { downSectionText, losses, sectionText } from "../plan/section-text.ts";
import type { NewBody } from "../revisions/write-revision.ts";
import type { DeclaredSchema } from "../sources/declared-schema.ts";
import { type DraftPlan, draftPlan } from "./draft-plan.ts";
import { MapAnswers, type MapOptions } from "./map-answers.ts";
import { newBody, proofLines } from "./new-body.ts";
import { newParents } from "./parents.ts";
import { noticeParity } from "./parity.ts";
import { declaredScope, noticePrivileges, type PrivilegeScope, reconcileBy } from "./privilege-scope.ts";
import type { Project } from "./project.ts";
import { type ProofReport, proofFailed } from "./proof-report.ts";
import { proveEverywhere } from "./prove-everywhere.ts";
import { withRenamesFile } from "./read-renames-file.ts";
import { refuseOtherHistory } from "./refuse-other-history.ts";
import { RenameAnswers, type RenameOptions } from "./rename-answers.ts";
import { projectDialects, type SchemaSide, type SchemaWork, withSchemaWorks } from "./schema-work.ts";
import { type CoverageOptions, noticeUnmanaged } from "./strict-coverage.ts";

/** What a revision that is made from the models may be told. */
export interface GenerateOptions extends MapOptions, RenameOptions, CoverageOptions {
  /** What the models are compared with: the history, or what the live database has. */
  readonly from?: "history" | "database";
  /** Accepts that the change destroys data. */
  readonly yes?: boolean;
  /** Asked instead of refusing when `yes` is not given; gets every loss in words. */
  readonly confirmLosses?: (losses: readonly string[]) => Promise<boolean>;
  /** Writes the revision although its proof failed. */
  readonly unproven?: boolean;
}

/** What was read of the schema sources for one dialect. */
export interface SourcesRead {
  readonly dialect: Dialect;
  readonly files: readonly string[];
  readonly tables: readonly string[];
}

/** What a generated revision does on one dialect. */
export interface GeneratedBody {
  readonly dialect: Dialect;
  readonly differences: readonly CatalogDifference[];
  /** What its statements do, in words and in their order. */
  readonly statements: readonly string[];
  /** What applying it destroys, and so what the way back does not bring back. */
  readonly losses: readonly string[];
  /** Which rows would stop it before it begins, in words; the queries for them are in the revision. */
  readonly requirements: readonly string[];
  /** Why there is no way back, or null. */
  readonly irreversible: string | null;
  /** What it does not bring about although it is declared, such as the order of columns. */
  readonly left: readonly string[];
  readonly up: string;
  readonly down: string;
  /** The queries that must return no rows before `up` and before `down`; empty where nothing is required. */
  readonly require: string;
  readonly requireDown: string;
}

/** A body with what running it on a scratch database showed. */
export interface ProvenBody extends GeneratedBody {
  readonly proof: ProofReport;
}

/** The models declare what the history makes. */
export interface NothingToWrite {
  readonly outcome: "none";
  readonly read: readonly SourcesRead[];
}

/** What a revision would do; none was written. */
export interface ChangesFound {
  readonly outcome: "changes";
  readonly bodies: readonly GeneratedBody[];
  /** What `create` would ask; in these bodies, what went is dropped. */
  readonly questions: readonly Ambiguity[];
  readonly read: readonly SourcesRead[];
}

/** A revision that is ready to be written. */
export interface GeneratedRevision {
  readonly outcome: "generated";
  readonly files: readonly NewBody[];
  readonly bodies: readonly ProvenBody[];
  readonly read: readonly SourcesRead[];
}

/** What to generate a revision from. */
export interface GenerateRequest {
  readonly project: Project;
  /** Ids that the revision builds on. */
  readonly parents: readonly string[];
  readonly options: GenerateOptions;
  /** `write`: everything. `plan`: stops before anything is confirmed or proven. `look`: asks no questions either. */
  readonly purpose: "write" | "plan" | "look";
}

/**
 * What a revision on top of the only head would do, in every dialect of the project. Proves nothing, and asks nothing
 * where it is only to look.
 */
export async function planModels(
  project: Project,
  options: GenerateOptions,
  purpose: "plan" | "look",
): Promise<NothingToWrite | ChangesFound> {
  const parents = newParents(await project.history());
  const found = await generate({ project, parents, options, purpose });
  if (found.outcome !== "generated") return found;
  throw new KeelsonError("internal", "A plan was proven although nothing was to be written.");
}

/** One dialect's part of a revision before it is proven. */
interface Draft {
  readonly dialect: Dialect;
  readonly work: SchemaWork;
  readonly side: SchemaSide;
  readonly declared: DeclaredSchema;
  readonly current: Catalog;
  readonly desired: Catalog;
  readonly read: SourcesRead;
  readonly plan: DraftPlan;
  readonly scope: PrivilegeScope;
  readonly body: GeneratedBody;
}

/**
 * Makes the revision that takes the parents to what the models declare, in every dialect of the project, and proves it.
 * Throws where something is to be decided, would be lost or does not converge; writes nothing.
 */
export async function generate(request: GenerateRequest): Promise<NothingToWrite | ChangesFound | GeneratedRevision> {
  const { project, options } = request;
  const dialects = await projectDialects(project);
  if (options.from === "database") {
    if (dialects.length > 1) throw oneDatabase(dialects);
    await refuseOtherHistory(project, request.parents);
  }
  return await withSchemaWorks(project, dialects, async (works) => {
    const drafts = await draftAll(request, works);
    const read = drafts.map((draft) => draft.read);
    if (drafts.every((draft) => draft.plan.up.statements.length === 0)) return { outcome: "none", read };
    if (request.purpose !== "write") {
      const questions = drafts.flatMap((draft) => draft.plan.questions);
      return { outcome: "changes", bodies: drafts.map((draft) => draft.body), questions, read };
    }
    await confirmLosses(drafts, options);
    const bodies: ProvenBody[] = [];
    for (const draft of drafts) bodies.push({ ...draft.body, proof: await prove(draft, request) });
    const failed = bodies.filter(({ proof }) => proof.outcome === "failed").map(({ proof }) => proof);
    if (failed.length > 0 && options.unproven !== true) throw proofFailed(failed);
    const files = drafts.map((draft, index) => toFile(draft, bodies[index]?.proof, drafts.length > 1));
    return { outcome: "generated", files, bodies, read };
  });
}

function oneDatabase(dialects: readonly Dialect[]): KeelsonError {
  return new KeelsonError(
    "usage.invalid",
    `A revision of this project has a body for each of ${dialects.join(" and ")}, and the live database is one of them. Nothing was written.`,
    { hint: "Leave --from database out: the history knows both." },
  );
}

async function draftAll(request: GenerateRequest, works: readonly SchemaWork[]): Promise<readonly Draft[]> {
  const { options, project } = request;
  const renames = new RenameAnswers(
    await withRenamesFile(options),
    request.purpose === "look" ? "left open" : "answered",
  );
  const maps = new MapAnswers(options);
  const drafts: Draft[] = [];
  for (const work of works) {
    const { dialect } = work;
    const declared = await work.declared();
    const fromDatabase = options.from === "database";
    // How a database is read depends on what is declared; otherwise both are made on one scratch database.
    const first = fromDatabase ? await work.declaredSide(declared, "the models").catalog() : null;
    const side = await startOf(request, work, first === null ? null : declaredScope(project.settings, declared, first));
    const { current, desired } = await work.catalogs(side, declared);
    const scope = declaredScope(project.settings, declared, desired);
    const reconcile = reconcileBy(scope);
    if (scope === "kept") noticePrivileges([current, desired], project, options);
    noticeUnmanaged([...side.unmanaged, ...current.unmanaged, ...desired.unmanaged], options, project.on);
    const after = {
      current: (statements: readonly string[]) => work.after(side, statements),
      desired: (statements: readonly string[]) => work.after(work.declaredSide(declared, "the models"), statements),
    };
    project.on({ event: "working", doing: "Planning the way there and back" });
    const valueMaps = { up: maps.resolve(current, desired), down: [] };
    const plan = await draftPlan({
      engine: work.planner,
      current,
      desired,
      renames,
      maps: valueMaps,
      after,
      reconcile,
    });
    const read = { dialect, files: declared.files, tables: declared.tables };
    const body = bodyOf(dialect, plan);
    drafts.push({ dialect, work, side, declared, current, desired: plan.goal, read, plan, scope, body });
  }
  renames.refuseUnused();
  for (const { desired } of drafts) maps.refuseUnused(desired);
  noticeParity(drafts, project.on);
  return drafts;
}

function startOf(
  { options, parents, project }: GenerateRequest,
  work: SchemaWork,
  scope: PrivilegeScope | null,
): SchemaSide | Promise<SchemaSide> {
  if (options.from !== "database") return work.historySide(parents);
  return work.databaseSide(project.engine, scope === "compared" ? "all" : "stated");
}

/** What a plan becomes as the body of a revision. */
function bodyOf(dialect: Dialect, { up, back }: DraftPlan): GeneratedBody {
  return {
    dialect,
    differences: up.differences,
    statements: up.statements.map((statement) => statement.title),
    losses: losses(up),
    requirements: [...new Set(up.requirements.map(({ title }) => title))],
    irreversible: "impossible" in back ? back.impossible : null,
    left: up.left,
    up: sectionText(up),
    down: downSectionText(up, back),
    require: requireSectionText(up.requirements),
    requireDown: "plan" in back ? requireSectionText(back.plan.requirements) : "",
  };
}

async function confirmLosses(drafts: readonly Draft[], options: GenerateOptions): Promise<void> {
  const lost = [...new Set(drafts.flatMap((draft) => draft.body.losses))];
  if (lost.length === 0 || options.yes === true) return;
  if (options.confirmLosses === undefined) {
    throw new KeelsonError(
      "plan.loses-data",
      [
        "Applying this revision would destroy data, and nobody accepted that. Nothing was written.",
        ...lost.map((loss) => `  ${loss}`),
      ].join("\n"),
      {
        hint: "If that is meant, say so with --yes (`yes: true` in the library). If something only has another name now, use --rename.",
        details: { losses: lost },
      },
    );
  }
  if (await options.confirmLosses(lost)) return;
  throw new KeelsonError("confirm.declined", "Declined: nothing was written.", {
    hint: "Change the models so that nothing is lost, or run the command again when the answer is yes.",
  });
}

/** Proves a body on every server that the project names. */
async function prove(draft: Draft, request: GenerateRequest): Promise<ProofReport> {
  const { work, side, current, desired, declared, scope } = draft;
  const parts = { body: newBody(draft.body, newFile), modes: modesOf(draft.plan) };
  return await proveEverywhere(request.project, work, {
    here: () => work.prove(side, { current, desired, ...parts }),
    there: async (other) => {
      const start = await startOf(request, other, scope);
      const found = await other.catalogs(start, declared);
      const goal = reconcileBy(scope)(desired, found.desired);
      return await other.prove(start, { current: found.current, desired: goal, ...parts });
    },
  });
}

/** The mode that each way needs, and no other. */
function modesOf({ up, back }: DraftPlan): Required<Pick<NewBody, "transaction" | "transactionDown">> {
  return { transaction: up.transaction, transactionDown: "plan" in back ? back.plan.transaction : up.transaction };
}

const newFile = "the new revision";

function toFile(draft: Draft, proof: ProofReport | undefined, severalDialects: boolean): NewBody {
  const { body, plan, dialect } = draft;
  return {
    dialect: severalDialects ? dialect : null,
    up: body.up,
    down: body.down,
    require: body.require,
    requireDown: body.requireDown,
    ...modesOf(plan),
    proof: proofLines(proof, newBody(body, newFile)),
  };
}
