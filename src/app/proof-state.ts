import type { Dialect } from "../engines/engine.ts";
import { parseCodeText } from "../history/code-text.ts";
import type { ParsedHeader } from "../history/header.ts";
import { isProven, type Proof, proofText } from "../history/proof.ts";
import type { Revision, RevisionBody } from "../history/revision.ts";
import { parseRevisionText } from "../history/revision-text.ts";
import { sha256Hex } from "../platform/hash.ts";
import type { RevisionFolder } from "../revisions/read-folder.ts";
import type { ProofReport } from "./proof-report.ts";

/**
 * `proven`: its header says so of the text that it has now. `edited`: of another text, or that it was not proven.
 * `unsaid`: it has no header, or one that says nothing of a proof.
 */
export type ProofState = "proven" | "edited" | "unsaid";

/** What a revision's own file says of its proof. */
export async function proofStateOf(folder: RevisionFolder, revision: Revision): Promise<ProofState> {
  const read = await readProof(folder, revision);
  if (read === null || read.header.proof.length === 0) return "unsaid";
  return isProven(read.header.proofs, read.sha256) ? "proven" : "edited";
}

/** The hash that a proof of a revision's present text carries, with its header; null where it has no header. */
export async function readProof(
  folder: RevisionFolder,
  revision: Revision,
): Promise<{ readonly header: ParsedHeader; readonly sha256: string } | null> {
  const text = await folder.readSource(revision);
  if (revision.format === "ts") {
    const parsed = parseCodeText(text, revision.file);
    return parsed === null ? null : { header: parsed.header, sha256: sha256Hex(parsed.code.trim()) };
  }
  const { header, body } = parseRevisionText(text, revision.file);
  return header === null ? null : { header, sha256: bodyHash(body) };
}

/** The hash that a proof of these sections carries. */
export function bodyHash(body: RevisionBody): string {
  return sha256Hex(proofText(body));
}

/** A proof as a header says it. */
export function headerProof(report: ProofReport, sha256: string): Proof {
  return {
    ways: report.reversible ? "up and down" : "up only",
    product: products[report.dialect],
    version: report.version,
    sha256,
  };
}

const products: Readonly<Record<Dialect, Proof["product"]>> = { postgres: "PostgreSQL", sqlite: "SQLite" };
