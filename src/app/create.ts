import { readFile } from "node:fs/promises";
import { KeelsonError } from "../errors.ts";
import { hasHeader } from "../history/header.ts";
import { systemClock } from "../platform/clock.ts";
import { newRevisionId } from "../platform/ids.ts";
import { readRevisionFolder } from "../revisions/read-folder.ts";
import { recordProofs } from "../revisions/recorded-proofs.ts";
import { typescriptTemplate } from "../revisions/typescript-template.ts";
import { type LayoutChoice, type NewRevision, writeRevision } from "../revisions/write-revision.ts";
import {
  type ChangesFound,
  type GenerateOptions,
  generate,
  type NothingToWrite,
  type ProvenBody,
  type SourcesRead,
} from "./generate.ts";
import { newParents } from "./parents.ts";
import { type Project, type ProjectOptions, withProject } from "./project.ts";
import { headerProofs, readProof } from "./proof-state.ts";
import type { RevisionReport } from "./revision-report.ts";

/** What `create` accepts besides the project. */
export interface CreateOptions extends ProjectOptions, GenerateOptions {
  readonly message: string;
  /** Writes a revision without statements, and reaches no database. */
  readonly empty?: boolean;
  /** Writes a commented revision in TypeScript to fill in, and reaches no database. */
  readonly ts?: boolean;
  /** Writes nothing and says what it would write. */
  readonly check?: boolean;
  /** Overrides what the folder's own layout says. */
  readonly layout?: LayoutChoice;
  /** Targets to build on; the only head unless told. */
  readonly parents?: readonly string[];
  readonly labels?: readonly string[];
  readonly dependsOn?: readonly string[];
}

/** A revision was written. */
export interface WrittenReport extends RevisionReport {
  readonly outcome: "written";
  /** One for each dialect, with its proof; empty for a revision to fill in. */
  readonly bodies: readonly ProvenBody[];
  readonly read: readonly SourcesRead[];
}

/** What became of a call: a revision was written, nothing had changed, or `check` found what it would write. */
export type CreateReport = WrittenReport | NothingToWrite | ChangesFound;

/**
 * Writes the revision that takes the history to what the models declare, proven up and down on a scratch database; or an
 * empty one. Overwrites nothing, and never changes the live database.
 */
export async function create(options: CreateOptions & { readonly empty: true }): Promise<WrittenReport>;
export async function create(options: CreateOptions): Promise<CreateReport>;
export async function create(options: CreateOptions): Promise<CreateReport> {
  return await withProject(options, async (project) => {
    if (options.message.trim() === "" && options.check !== true) {
      throw new KeelsonError("usage.invalid", "A revision needs a message.", { hint: 'keelson create "add users"' });
    }
    const parents = newParents(await project.history(), options.parents);
    if (options.empty === true || options.ts === true) {
      const written = await write(project, options, parents, options.ts === true ? { code: typescriptTemplate } : {});
      return { outcome: "written", ...written, bodies: [], read: [] };
    }
    const generated = await generate({ project, parents, options, purpose: options.check === true ? "look" : "write" });
    if (generated.outcome !== "generated") return generated;
    const written = await write(project, options, parents, { bodies: generated.files });
    await recordBeside(project, written, generated.bodies);
    return { outcome: "written", ...written, bodies: generated.bodies, read: generated.read };
  });
}

/** A revision without a header has its proof in the file beside it, about the text that was written. */
async function recordBeside(
  { settings: { migrations: directory } }: Project,
  { id, files }: RevisionReport,
  [body]: readonly ProvenBody[],
): Promise<void> {
  const [file] = files;
  if (file === undefined || body === undefined || hasHeader(await readFile(file, "utf8"))) return;
  const folder = await readRevisionFolder({ directory, dialect: body.dialect });
  const revision = folder.revisions.find((one) => one.id === id);
  if (revision === undefined) return;
  const read = await readProof(folder, revision);
  const proven = read !== null && body.proof.outcome === "proven";
  await recordProofs(folder.directory, id, proven ? headerProofs(body.proof, read.sha256) : []);
}

async function write(
  project: Project,
  options: CreateOptions,
  parents: readonly string[],
  content: Pick<NewRevision, "bodies" | "code">,
): Promise<RevisionReport> {
  return await writeRevision({
    folder: await project.folder(),
    message: options.message,
    parents,
    labels: options.labels ?? [],
    dependsOn: options.dependsOn ?? [],
    ...(options.layout === undefined ? {} : { layout: options.layout }),
    ...content,
    now: systemClock.now(),
    newId: newRevisionId,
  });
}
