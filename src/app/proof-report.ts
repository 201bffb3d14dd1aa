import type { CatalogDifference } from "../catalog/compare.ts";
import type { Dialect } from "../engines/engine.ts";
import { KeelsonError } from "../errors.ts";
import type { ProofPart, ProofResult } from "../scratch/prove.ts";

/** What running a revision up, down and up again on a scratch database showed. */
export interface ProofReport {
  readonly dialect: Dialect;
  /** The server it ran on: `PostgreSQL 18 (PGlite)`. */
  readonly on: string;
  /** The PostgreSQL major, or SQLite's version as `major.minor`. */
  readonly version: string;
  /** PostgreSQL majors that the project runs on and that it was not proven on. */
  readonly notOn: readonly number[];
  readonly outcome: "proven" | "failed";
  /** Whether the way back was among what was proven; false where there is none. */
  readonly reversible: boolean;
  /** What it failed at. */
  readonly failedAt: "up" | "down" | "up after down" | null;
  /** What is still different after that way, where it ran to its end. */
  readonly remaining: readonly CatalogDifference[];
  /** Why that way did not run to its end, in words. */
  readonly failure: string | null;
  readonly milliseconds: number;
}

/** A proof as plain data; `majors` are those that the project runs on. */
export function toProofReport(dialect: Dialect, result: ProofResult, majors: readonly number[]): ProofReport {
  const parts = [
    ["up", result.up],
    ["down", result.down],
    ["up after down", result.again],
  ] as const;
  const bad = result.converges ? undefined : parts.find(([, part]) => isBad(part));
  return {
    dialect,
    on: result.server,
    version: result.version,
    notOn: dialect === "postgres" ? majors.filter((major) => String(major) !== result.version) : [],
    outcome: result.converges ? "proven" : "failed",
    reversible: result.down.outcome !== "none",
    failedAt: bad?.[0] ?? null,
    remaining: bad?.[1].outcome === "different" ? bad[1].differences : [],
    failure: bad?.[1].outcome === "failed" ? bad[1].error.message : null,
    milliseconds: result.milliseconds,
  };
}

/** Where a proof failed and at what, on several lines. */
export function proofFailureText(proof: ProofReport): string {
  const at = proof.failedAt ?? "up";
  if (proof.failure !== null) return `The way ${at} does not run on ${proof.on}: ${proof.failure}`;
  const wanted = at === "down" ? "where it began" : "the declared schema";
  const list = proof.remaining.slice(0, 20).flatMap(differenceLines);
  const more = proof.remaining.length > 20 ? [`  and ${proof.remaining.length - 20} more`] : [];
  return [`On ${proof.on}, the way ${at} does not lead to ${wanted}. Still different:`, ...list, ...more].join("\n");
}

/** The error for proofs that failed, when nothing is to be written because of it. */
export function proofFailed(failed: readonly ProofReport[]): KeelsonError {
  return new KeelsonError("proof.failed", `${failed.map(proofFailureText).join("\n")}\nNothing was written.`, {
    hint: "Change the models, or write it with --unproven (`unproven: true` in the library), correct the file and run keelson prove.",
    details: { proofs: failed },
  });
}

/** A difference with both values of each attribute, a line each. */
function differenceLines(difference: CatalogDifference): readonly string[] {
  const wanted = { added: "is missing", removed: "should not be there", changed: "differs" }[difference.what];
  const attributes = difference.attributes.map(
    ({ name, from, to }) => `    ${name}: ${JSON.stringify(from)} instead of ${JSON.stringify(to)}`,
  );
  return [`  ${difference.kind} ${difference.name} ${wanted}`, ...attributes];
}

function isBad(part: ProofPart): boolean {
  return part.outcome === "different" || part.outcome === "failed";
}
