import { readFile } from "node:fs/promises";
import type { Dialect } from "../engines/engine.ts";
import { KeelsonError } from "../errors.ts";
import type { History } from "../history/graph.ts";
import { isHeaderless, type Revision } from "../history/revision.ts";
import { resolveRevisions } from "../history/target.ts";
import { withProof } from "../history/with-proof.ts";
import { writeFileAtomic } from "../platform/atomic-file.ts";
import type { RevisionFolder } from "../revisions/read-folder.ts";
import { recordProofs } from "../revisions/recorded-proofs.ts";
import { proofServers } from "./open-scratch.ts";
import { type Project, type ProjectOptions, withProject } from "./project.ts";
import { type ProofReport, type ServerProof, toProofReport } from "./proof-report.ts";
import { headerProofs, type ProofStanding, proofStandingOf, proofStandings, readProof } from "./proof-state.ts";
import { folderOf, projectDialects, type SchemaWork, scratchEngine, withSchemaWork } from "./schema-work.ts";
import { fileHistory } from "./standing.ts";

/** What `prove` accepts besides the project. */
export interface ProveOptions extends ProjectOptions {
  /** Targets that name revisions; those that are not proven as they are now unless told. */
  readonly revisions?: readonly string[];
  /** Every revision, also those that are proven. */
  readonly all?: boolean;
  /** The PostgreSQL majors to prove on; those of the configuration that are at hand unless told. */
  readonly majors?: readonly number[];
}

/** What came of proving one revision in one dialect. */
export interface RevisionProof {
  readonly id: string;
  readonly message: string;
  readonly file: string;
  readonly proof: ProofReport;
  /** Whether the proof is written down now, in the header or beside a file that has none; false where a server failed it. */
  readonly recorded: boolean;
}

/** What `prove` did. */
export interface ProveReport {
  readonly proofs: readonly RevisionProof[];
  /** How many revisions were left out because their proof is about the text that they have. */
  readonly alreadyProven: number;
}

/**
 * Runs revisions up, down and up again on the scratch databases of the project, each on top of what it needs, and writes
 * into their headers where this was proven. Changes nothing else in a file, and nothing where one server fails. A proof
 * that fails is part of the report.
 */
export async function prove(options: ProveOptions = {}): Promise<ProveReport> {
  return await withProject(options, async (project) => {
    const dialects = await projectDialects(project);
    const chosen = options.majors === undefined ? dialects : dialects.filter((dialect) => dialect === "postgres");
    if (chosen.length === 0) {
      throw new KeelsonError(
        "usage.invalid",
        "This project has no revisions for PostgreSQL, whose majors --on names.",
        {
          hint: "Leave --on out.",
        },
      );
    }
    const reports: ProveReport[] = [];
    for (const dialect of chosen) reports.push(await proveDialect(project, dialect, options));
    return {
      proofs: reports.flatMap(({ proofs }) => proofs),
      alreadyProven: reports.reduce((sum, report) => sum + report.alreadyProven, 0),
    };
  });
}

/** The revisions of one dialect that are to be proven, and what every server showed so far. */
interface Round {
  readonly folder: RevisionFolder;
  readonly history: History;
  readonly shown: Map<Revision, ServerProof[]>;
  readonly done: Map<Revision, RevisionProof>;
}

async function proveDialect(project: Project, dialect: Dialect, options: ProveOptions): Promise<ProveReport> {
  const { settings } = project;
  const folder = await folderOf(project, dialect);
  const history = fileHistory(folder.revisions);
  const round: Round = { folder, history, shown: new Map(), done: new Map() };
  const servers = await proofServers({ settings, engine: scratchEngine(project, dialect) }, options.majors ?? null);
  const finish = async (revision: Revision): Promise<void> => {
    round.done.set(revision, await reportOf(round, revision, { dialect, majors: settings.postgres }));
  };
  for (const [index, which] of servers.entries()) {
    const isLast = index === servers.length - 1;
    const proveThere = async (work: SchemaWork): Promise<void> => {
      const isWanted = options.majors !== undefined || settings.scratch.length > 1 || isNamed(project, work);
      const revisions = await chooseRevisions(round, options, isWanted ? work.version : null);
      await work.expect(revisions);
      for (const revision of revisions) {
        project.on({ event: "working", doing: `Proving ${revision.id} ${revision.message} on ${work.scratch}` });
        const proof = await work.proveRevision(revision);
        round.shown.set(revision, [...(round.shown.get(revision) ?? []), proof]);
        if (isLast) await finish(revision);
      }
    };
    await withSchemaWork(project, dialect, proveThere, which);
  }
  for (const revision of round.shown.keys()) if (!round.done.has(revision)) await finish(revision);
  const proofs = history.revisions.flatMap((revision) => round.done.get(revision) ?? []);
  const choosesItself = options.all !== true && options.revisions === undefined;
  return { proofs, alreadyProven: choosesItself ? history.revisions.length - proofs.length : 0 };
}

function isNamed({ settings }: Project, { dialect, version }: SchemaWork): boolean {
  return dialect === "postgres" && settings.postgres.includes(Number(version));
}

/** In the order of the history. `version` is that of a server on which every revision is wanted to be proven, or null. */
async function chooseRevisions(
  { history, folder }: Round,
  options: ProveOptions,
  version: string | null,
): Promise<readonly Revision[]> {
  if (options.all === true) return history.revisions;
  if (options.revisions !== undefined) {
    const none = new Set<string>();
    const named = new Set(options.revisions.flatMap((target) => resolveRevisions(history, target, none)));
    if (named.size > 0) return history.revisions.filter((revision) => named.has(revision));
    throw new KeelsonError("target.invalid", `${options.revisions.join(" ")} names no revision to prove.`, {
      hint: "keelson prove head, keelson prove <id>, or keelson prove --all",
    });
  }
  const standings = await proofStandings(folder, history.revisions);
  const isOpen = ({ state, versions }: ProofStanding): boolean =>
    state !== "proven" || (version !== null && !versions.includes(version));
  return [...standings].flatMap(([revision, standing]) => (isOpen(standing) ? [revision] : []));
}

async function reportOf(
  { folder, shown }: Round,
  revision: Revision,
  { dialect, majors }: { readonly dialect: Dialect; readonly majors: readonly number[] },
): Promise<RevisionProof> {
  const { id, message, file } = revision;
  const known = (await proofStandingOf(folder, revision)).versions;
  const open = majors.filter((major) => !known.includes(String(major)));
  const proof = toProofReport(dialect, shown.get(revision) ?? [], open);
  const recorded = proof.outcome === "proven" && (await record(folder, revision, proof));
  return { id, message, file, proof, recorded };
}

/** Replaces the proof in the header, or beside the revision where it has none, and nothing else. */
async function record(folder: RevisionFolder, revision: Revision, report: ProofReport): Promise<boolean> {
  const read = await readProof(folder, revision);
  const [path] = folder.paths(revision);
  if (read === null || path === undefined) return false;
  if (isHeaderless(revision)) {
    await recordProofs(folder.directory, revision.id, headerProofs(report, read.sha256));
    return true;
  }
  const before = await readFile(path, "utf8");
  const mark = revision.format === "ts" ? "//" : "--";
  let after: string | null = before;
  for (const proof of headerProofs(report, read.sha256)) {
    after = after === null ? null : withProof(after, { proof, mark });
  }
  if (after === null) return false;
  if (after !== before) await writeFileAtomic(path, after);
  return true;
}
