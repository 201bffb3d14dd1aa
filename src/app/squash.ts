import type { Catalog } from "../catalog/catalog.ts";
import type { Dialect } from "../engines/engine.ts";
import type { SqlSection, TransactionMode } from "../history/revision.ts";
import { type SquashRange, squashRange } from "../history/squash-range.ts";
import { requireSectionText } from "../plan/requirement.ts";
import { downSectionText, sectionText, terminated } from "../plan/section-text.ts";
import { systemClock } from "../platform/clock.ts";
import { newRevisionId } from "../platform/ids.ts";
import { type NewBody, writeRevision } from "../revisions/write-revision.ts";
import { newBody, proofLines, type SectionTexts } from "./new-body.ts";
import { type Project, type ProjectOptions, withProject } from "./project.ts";
import { type ProofReport, proofFailed } from "./proof-report.ts";
import { proveEverywhere } from "./prove-everywhere.ts";
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
  /** The sections of revisions that it has no place for, in words: what is required, or holds, in the middle of the range. */
  readonly leftOut: readonly string[];
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
      bodies.push({ dialect, statements: made.statements, leftOut: made.leftOut, proof: made.proof });
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

interface Sections extends Required<SectionTexts> {
  readonly transaction: TransactionMode;
  readonly transactionDown: TransactionMode;
  readonly leftOut: readonly string[];
}

interface Squashed extends Omit<SquashedBody, "dialect"> {
  readonly file: NewBody;
}

async function squashOn(work: SchemaWork, { project, range, options }: SquashWork): Promise<Squashed> {
  const ends = (on: SchemaWork) => ({
    side: on.historySide([...range.parents, ...range.dependsOn]),
    end: on.historySide([range.replaced.at(-1)?.id ?? ""]),
  });
  const { side, end } = ends(work);
  const [current, desired] = [await side.catalog(), await end.catalog()];
  const isAnew = options.keepStatements !== true && (await canBeWrittenAnew(work, range, desired));
  const { leftOut, ...sections } = isAnew
    ? await writtenAnew(work, range, { current, desired })
    : await keptStatements(work, range);
  const { transaction, transactionDown, ...texts } = sections;
  const body = newBody(texts, "the squash");
  const parts = { body, modes: { transaction, transactionDown } };
  const proof = await proveEverywhere(project, work, {
    here: () => work.prove(side, { current, desired, ...parts }),
    there: async (other) => {
      const there = ends(other);
      const [from, to] = [await there.side.catalog(), await there.end.catalog()];
      return await other.prove(there.side, { current: from, desired: to, ...parts });
    },
  });
  const file = { dialect: null, ...sections, proof: proofLines(proof, body) };
  return { statements: isAnew ? "anew" : "kept", leftOut, proof, file };
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

async function writtenAnew(
  work: SchemaWork,
  range: SquashRange,
  { current, desired }: { readonly current: Catalog; readonly desired: Catalog },
): Promise<Sections> {
  const plan = await work.planner.planChanges(current, desired);
  const back = await work.planner.planChanges(desired, current);
  return {
    ...(await sectionsAround(work, range)),
    up: sectionText(plan),
    down: downSectionText(plan, { plan: back }),
    require: requireSectionText(plan.requirements),
    requireDown: requireSectionText(back.requirements),
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
    ...(await sectionsAround(work, range)),
    up: up.join("\n\n"),
    down: isReversible ? down.join("\n\n") : "",
    transaction: allAlone(({ transaction }) => transaction),
    transactionDown: allAlone(({ transaction, transactionDown = transaction }) => transactionDown),
  };
}

/**
 * What the squash can ask as the range did: before it what the first revision requires, before its way back and once it is
 * applied what the last one does. A revision between them asks about a database that the squash never leaves behind.
 */
async function sectionsAround(
  work: SchemaWork,
  { replaced }: SquashRange,
): Promise<Pick<Sections, "require" | "requireDown" | "verify" | "leftOut">> {
  const kept = { require: "", requireDown: "", verify: "" };
  const leftOut: string[] = [];
  for (const [index, revision] of replaced.entries()) {
    const { require, requireDown, verify } = await work.folder.readBody(revision);
    const keep = (name: keyof typeof kept, section: SqlSection | null | undefined, isKept: boolean): void => {
      if (section === null || section === undefined) return;
      if (isKept) kept[name] = section.sql.trim();
      else leftOut.push(`the ${name === "requireDown" ? "require-down" : name} section of ${revision.id}`);
    };
    keep("require", require, index === 0);
    keep("requireDown", requireDown, index === replaced.length - 1);
    keep("verify", verify, index === replaced.length - 1);
  }
  return { ...kept, leftOut };
}
