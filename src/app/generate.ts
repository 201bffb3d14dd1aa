import type { Catalog } from "../catalog/catalog.ts";
import type { CatalogDifference } from "../catalog/compare.ts";
import type { Dialect } from "../engines/engine.ts";
import { KeelsonError } from "../errors.ts";
import { printProof } from "../history/proof.ts";
import type { RevisionBody, SqlSection } from "../history/revision.ts";
import { effectiveDown } from "../history/revision-text.ts";
import type { Ambiguity } from "../plan/plan.ts";
import { downSectionText, losses, obstacles, sectionText } from "../plan/section-text.ts";
import type { NewBody } from "../revisions/write-revision.ts";
import type { DeclaredSchema } from "../sources/declared-schema.ts";
import { type DraftPlan, draftPlan, RenameAnswers, type RenameOptions } from "./draft-plan.ts";
import { proofServers } from "./open-scratch.ts";
import { newParents } from "./parents.ts";
import { noticeParity } from "./parity.ts";
import type { Project } from "./project.ts";
import { type ProofReport, proofFailed, type ServerProof, toProofReport, unreachedProof } from "./proof-report.ts";
import { bodyHash, headerProofs } from "./proof-state.ts";
import { refuseOtherHistory } from "./refuse-other-history.ts";
import {
  type BodyToProve,
  projectDialects,
  type SchemaSide,
  type SchemaWork,
  scratchEngine,
  withSchemaWork,
  withSchemaWorks,
} from "./schema-work.ts";

/** What a revision that is made from the models may be told. */
export interface GenerateOptions extends RenameOptions {
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
  /** On which rows applying it would fail, in words with what to do about it. */
  readonly obstacles: readonly string[];
  /** Why there is no way back, or null. */
  readonly irreversible: string | null;
  /** What it does not bring about although it is declared, such as the order of columns. */
  readonly left: readonly string[];
  readonly up: string;
  readonly down: string;
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
  const renames = new RenameAnswers(options, request.purpose === "look" ? "left open" : "answered");
  const drafts: Draft[] = [];
  for (const work of works) {
    const { dialect } = work;
    const declared = await work.declared();
    const side = await startOf(request, work);
    const { current, desired } = await work.catalogs(side, declared);
    noticeUnmanaged([...side.unmanaged, ...current.unmanaged, ...desired.unmanaged], project.on);
    const after = {
      current: (statements: readonly string[]) => work.after(side, statements),
      desired: (statements: readonly string[]) => work.after(work.declaredSide(declared, "the models"), statements),
    };
    project.on({ event: "working", doing: "Planning the way there and back" });
    const plan = await draftPlan({ engine: work.planner, current, desired, renames, after });
    const read = { dialect, files: declared.files, tables: declared.tables };
    drafts.push({ dialect, work, side, declared, current, desired, read, plan, body: bodyOf(dialect, plan) });
  }
  renames.refuseUnused();
  noticeParity(drafts, project.on);
  return drafts;
}

function startOf({ options, parents, project }: GenerateRequest, work: SchemaWork): SchemaSide | Promise<SchemaSide> {
  return options.from === "database" ? work.databaseSide(project.engine) : work.historySide(parents);
}

/** What no plan covers is said, so that nobody takes it for done. */
function noticeUnmanaged(names: readonly string[], on: Project["on"]): void {
  const distinct = [...new Set(names)].sort();
  if (distinct.length === 0) return;
  on({
    event: "notice",
    level: "warning",
    code: "unmanaged",
    message: `Neither compared nor written, because this release has no plan for it: ${distinct.join(", ")}. Write it in a revision of your own (keelson create --empty).`,
  });
}

/** What a plan becomes as the body of a revision. */
function bodyOf(dialect: Dialect, { up, back }: DraftPlan): GeneratedBody {
  return {
    dialect,
    differences: up.differences,
    statements: up.statements.map((statement) => statement.title),
    losses: losses(up),
    obstacles: obstacles(up),
    irreversible: "impossible" in back ? back.impossible : null,
    left: up.left,
    up: sectionText(up),
    down: downSectionText(up, back),
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

/** Proves a body on the server that it was planned on, then on each other one that the project names. */
async function prove(draft: Draft, request: GenerateRequest): Promise<ProofReport> {
  const { work, side, current, desired, dialect } = draft;
  const { project } = request;
  const { settings } = project;
  const parts = { body: sections(draft.body), modes: modesOf(draft.plan) };
  project.on({ event: "working", doing: `Proving it up and down on ${work.scratch}` });
  const proofs = [await work.prove(side, { current, desired, ...parts })];
  const servers = await proofServers({ settings, engine: scratchEngine(project, dialect) }, null);
  for (const which of servers.slice(1)) {
    const proveThere = (other: SchemaWork) => proveOnOther(other, request, { declared: draft.declared, ...parts });
    proofs.push(await withSchemaWork(project, dialect, proveThere, which));
  }
  return toProofReport(dialect, proofs, settings.postgres);
}

/** Both catalogs are made anew there: no two majors need print one schema alike. */
async function proveOnOther(
  work: SchemaWork,
  request: GenerateRequest,
  parts: Pick<BodyToProve, "body" | "modes"> & { readonly declared: DeclaredSchema },
): Promise<ServerProof> {
  const { declared, ...body } = parts;
  request.project.on({ event: "working", doing: `Proving it up and down on ${work.scratch}` });
  try {
    const side = await startOf(request, work);
    return await work.prove(side, { ...(await work.catalogs(side, declared)), ...body });
  } catch (error) {
    return unreachedProof(error, { on: work.scratch, version: work.version });
  }
}

/** The mode that each way needs, and no other. */
function modesOf({ up, back }: DraftPlan): Required<Pick<NewBody, "transaction" | "transactionDown">> {
  return { transaction: up.transaction, transactionDown: "plan" in back ? back.plan.transaction : up.transaction };
}

/** Says of a revision that was written although its proof failed that it still has to be proven. */
const unproven = "-- proof: none";

/** The sections as they will be read from the file. */
function sections({ up, down }: GeneratedBody): RevisionBody {
  const section = (sql: string): SqlSection => ({ sql, file: "the new revision", firstLine: 1 });
  return { up: section(up), down: effectiveDown(section(up), section(down)), verify: null };
}

function toFile(draft: Draft, proof: ProofReport | undefined, severalDialects: boolean): NewBody {
  const { body, plan, dialect } = draft;
  return {
    dialect: severalDialects ? dialect : null,
    up: body.up,
    down: body.down,
    ...modesOf(plan),
    proof:
      proof?.outcome === "proven"
        ? headerProofs(proof, bodyHash(sections(body))).map((one) => printProof(one))
        : [unproven],
  };
}
