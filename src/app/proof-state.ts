import type { Dialect } from "../engines/engine.ts";
import { parseCodeText } from "../history/code-text.ts";
import type { ParsedHeader } from "../history/header.ts";
import { isProven, type Proof, proofText } from "../history/proof.ts";
import type { ProofsFile } from "../history/proofs-file.ts";
import { isHeaderless, type Revision, type RevisionBody } from "../history/revision.ts";
import { parseRevisionText } from "../history/revision-text.ts";
import { sha256Hex } from "../platform/hash.ts";
import type { RevisionFolder } from "../revisions/read-folder.ts";
import { recordedProofs } from "../revisions/recorded-proofs.ts";
import type { ProofReport } from "./proof-report.ts";

/**
 * `proven`: its header, or the file of proofs where it has none, says so of the text that it has now. `edited`: of another
 * text, or that it was not proven. `unsaid`: nothing is said of a proof.
 */
export interface ProofStanding {
  readonly state: "proven" | "edited" | "unsaid";
  /** The versions of the servers that the present text is proven on. */
  readonly versions: readonly string[];
}

/** What is written down of the proofs of some revisions. */
export async function proofStandings(
  folder: RevisionFolder,
  revisions: readonly Revision[],
): Promise<ReadonlyMap<Revision, ProofStanding>> {
  // All revisions without a header have theirs in one file.
  const beside = revisions.some(isHeaderless) ? await recordedProofs(folder.directory) : undefined;
  const standings = new Map<Revision, ProofStanding>();
  for (const revision of revisions) standings.set(revision, standing(await readProof(folder, revision, beside)));
  return standings;
}

/** What is written down of a revision's proof. */
export async function proofStandingOf(folder: RevisionFolder, revision: Revision): Promise<ProofStanding> {
  return standing(await readProof(folder, revision));
}

function standing(read: WrittenProofs | null): ProofStanding {
  if (read?.proofs == null) return { state: "unsaid", versions: [] };
  const versions = read.proofs.filter((proof) => isProven([proof], read.sha256)).map(({ version }) => version);
  return { state: versions.length > 0 ? "proven" : "edited", versions };
}

/** The proofs that are written down of a revision, null where nothing is said, and the hash that one of its present text carries. */
export interface WrittenProofs {
  readonly proofs: readonly Proof[] | null;
  readonly sha256: string;
}

/** What is written down of a revision, in its header or `beside` it; null for code without a header. */
export async function readProof(
  folder: RevisionFolder,
  revision: Revision,
  beside?: ProofsFile,
): Promise<WrittenProofs | null> {
  const text = await folder.readSource(revision);
  if (revision.format === "ts") {
    const parsed = parseCodeText(text, revision.file);
    return parsed === null ? null : { proofs: saidIn(parsed.header), sha256: sha256Hex(parsed.code.trim()) };
  }
  const { header, body } = parseRevisionText(text, revision.file);
  const sha256 = bodyHash(body);
  if (header !== null) return { proofs: saidIn(header), sha256 };
  return { proofs: (beside ?? (await recordedProofs(folder.directory))).get(revision.id) ?? null, sha256 };
}

function saidIn({ proof, proofs }: ParsedHeader): readonly Proof[] | null {
  return proof.length === 0 ? null : proofs;
}

/** The hash that a proof of these sections carries. */
export function bodyHash(body: RevisionBody): string {
  return sha256Hex(proofText(body));
}

/** The proofs of one body as its header says them, one for each version. */
export function headerProofs(report: ProofReport, sha256: string): readonly Proof[] {
  const versions = [...new Set(report.servers.map(({ version }) => version))];
  const ways = report.reversible ? "up and down" : "up only";
  return versions.map((version) => ({ ways, product: products[report.dialect], version, sha256 }));
}

const products: Readonly<Record<Dialect, Proof["product"]>> = { postgres: "PostgreSQL", sqlite: "SQLite" };
