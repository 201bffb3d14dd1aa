import type { Catalog } from "../catalog/catalog.ts";
import type { Dialect } from "../engines/engine.ts";
import type { SqlSection, TransactionMode } from "../history/revision.ts";
import { type SquashRange, squashRange } from "../history/squash-range.ts";
import { downSectionText, sectionText, terminated } from "../plan/section-text.ts";
import { systemClock } from "../platform/clock.ts";
import { newRevisionId } from "../platform/ids.ts";
import { type NewBody, writeRevision } from "../revisions/write-revision.ts";
import { newBody, proofLines } from "./new-body.ts";
import { type Project, type ProjectOptions, withProject } from "./project.ts";
import { type ProofReport, proofFailed, toProofReport } from "./proof-report.ts";
import type { RevisionReport } from "./revision-report.ts";
import { projectDialects, type SchemaWork, withSchemaWork } from "./schema-work.ts";

/** What `squash` accepts besides the project. */
export interface SquashOptions extends ProjectOptions {
  /** `from:to`, as targets of the files: what leads from the one to the other is replaced. */
  readonly range: string;
  readonly message?: string;
  /** Keeps the statements of the revisions, also where they could be written anew. */
  readonly keepStatements?: boolean;
}

/** A squash that was written. */
export interface SquashReport extends RevisionReport {
  /** The ids of the revisions that it takes the place of, the last one last. */
  readonly replaces: readonly string[];
  /** Their files, which databases inside the range still need. */
  readonly replacedFiles: readonly string[];
  readonly bodies: readonly SquashedBody[];
}

/** One dialect's part of a squash. */
export interface SquashedBody {
  readonly dialect: Dialect;
  /** `anew`: written from the schema that the range leads to. `kept`: the statements of the range, one after the other. */
  readonly statements: "anew" | "kept";
  readonly proof: ProofReport;
}

/**
 * Writes one revision that takes the place of a range, proven to lead to the same schema; the replaced files stay. A database
 * that has applied none of the range applies the squash, one that has applied all of it counts as having applied the squash,
 * and one inside the range goes on with the replaced revisions.
 */
export async function squash(options: SquashOptions): Promise<SquashReport> {
  return await withProject(options, async (project) => {
    const folder = await project.folder();
    const range = squashRange(await project.history(), options.range);
    const ids = range.replaced.map(({ id }) => id);
    const dialects = await projectDialects(project);
    const files: NewBody[] = [];
    const bodies: SquashedBody[] = [];
    for (const dialect of dialects) {
      const made = await withSchemaWork(project, dialect, (work) => squashOn(work, { project, range, options }));
      if (made.proof.outcome === "failed") throw proofFailed([made.proof]);
      bodies.push({ dialect, statements: made.statements, proof: made.proof });
      files.push({ ...made.file, dialect: dialects.length > 1 ? dialect : null });
    }
    const { parents, dependsOn, labels } = range;
    const written = await writeRevision({
      folder,
      message: options.message ?? `squash ${ids.length} revisions up to ${ids.at(-1)}`,
      ...{ parents, dependsOn, labels, replaces: ids, bodies: files },
      layout: { format: "keelson" },
      now: systemClock.now(),
      newId: newRevisionId,
    });
    return { ...written, replaces: ids, replacedFiles: range.replaced.flatMap((one) => folder.paths(one)), bodies };
  });
}

interface SquashWork {
  readonly project: Project;
  readonly range: SquashRange;
  readonly options: SquashOptions;
}

interface Sections {
  readonly up: string;
  readonly down: string;
  readonly transaction: TransactionMode;
  readonly transactionDown: TransactionMode;
}

async function squashOn(
  work: SchemaWork,
  { project, range, options }: SquashWork,
): Promise<{ readonly statements: SquashedBody["statements"]; readonly proof: ProofReport; readonly file: NewBody }> {
  const side = work.historySide([...range.parents, ...range.dependsOn]);
  const current = await side.catalog();
  const last = range.replaced.at(-1)?.id ?? "";
  const desired = await work.historySide([last]).catalog();
  const isAnew = options.keepStatements !== true && (await canBeWrittenAnew(work, range, desired));
  const sections = isAnew ? await writtenAnew(work, current, desired) : await keptStatements(work, range);
  const { up, down, ...modes } = sections;
  const body = newBody(sections, "the squash");
  project.on({ event: "working", doing: `Proving the squash on ${work.scratch}` });
  const proof = toProofReport(
    work.dialect,
    [await work.prove(side, { current, desired, body, modes })],
    project.settings.postgres,
  );
  return {
    statements: isAnew ? "anew" : "kept",
    proof,
    file: { dialect: null, up, down, ...modes, proof: proofLines(proof, body) },
  };
}

/**
 * From the empty start, and where the range leaves no rows, the schema says everything. Anywhere else a revision may have
 * changed rows that are there already, which no catalog shows.
 */
async function canBeWrittenAnew(work: SchemaWork, range: SquashRange, desired: Catalog): Promise<boolean> {
  if (range.parents.length + range.dependsOn.length > 0) return false;
  if (desired.unmanaged.length > 0) return false;
  return !(await work.leavesRows(range.replaced));
}

async function writtenAnew(work: SchemaWork, current: Catalog, desired: Catalog): Promise<Sections> {
  const plan = await work.planner.planChanges(current, desired);
  const back = await work.planner.planChanges(desired, current);
  return {
    up: sectionText(plan),
    down: downSectionText(plan, { plan: back }),
    transaction: plan.transaction,
    transactionDown: back.transaction,
  };
}

/** The statements of each revision below a comment that names it; the way down has them in the opposite order. */
async function keptStatements(work: SchemaWork, range: SquashRange): Promise<Sections> {
  const up: string[] = [];
  const down: string[] = [];
  let isReversible = true;
  for (const revision of range.replaced) {
    const body = await work.folder.readBody(revision);
    const title = `-- ${revision.id} ${revision.message}`.trimEnd();
    const paragraph = async (section: SqlSection): Promise<string> =>
      [title, ...(await work.planner.parse(section.sql)).map(({ sql }) => terminated(sql))].join("\n\n");
    up.push(await paragraph(body.up));
    if (body.down === null) isReversible = false;
    else down.unshift(await paragraph(body.down));
  }
  const allAlone = (mode: (one: SquashRange["replaced"][number]) => TransactionMode): TransactionMode =>
    range.replaced.every((one) => mode(one) === "none") ? "none" : "auto";
  return {
    up: up.join("\n\n"),
    down: isReversible ? down.join("\n\n") : "",
    transaction: allAlone(({ transaction }) => transaction),
    transactionDown: allAlone(({ transaction, transactionDown = transaction }) => transactionDown),
  };
}
