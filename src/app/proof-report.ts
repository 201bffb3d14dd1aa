import type { CatalogDifference, UnmanagedDifference } from "../catalog/compare.ts";
import type { Dialect } from "../engines/engine.ts";
import { isKeelsonError, KeelsonError } from "../errors.ts";
import type { ProofPart, ProofResult } from "../scratch/prove.ts";

/** What running a revision up, down and up again on the scratch databases of a project showed, all together. */
export interface ProofReport {
  readonly dialect: Dialect;
  /** `proven` where every server proved it. */
  readonly outcome: "proven" | "failed";
  /** Whether the way back was among what was proven; false where there is none. */
  readonly reversible: boolean;
  /** What each server showed. */
  readonly servers: readonly ServerProof[];
  /** PostgreSQL majors that the project runs on and that it is not proven on. */
  readonly notOn: readonly number[];
}

/** What running a revision on one scratch server showed. */
export interface ServerProof {
  /** The server: `PostgreSQL 18 (PGlite)`. */
  readonly on: string;
  /** The PostgreSQL major, or SQLite's version as `major.minor`. */
  readonly version: string;
  readonly outcome: "proven" | "failed";
  readonly reversible: boolean;
  /** What it failed at; null also where nothing of the revision could be run. */
  readonly failedAt: "up" | "down" | "up after down" | null;
  /** What is still different after that way, where it ran to its end. */
  readonly remaining: readonly CatalogDifference[];
  /** What no plan covers and that way should have left as it was: grants, owners, kinds that are only named. */
  readonly unmanaged: readonly UnmanagedDifference[];
  /** Why that way did not run to its end, or nothing could be run, in words. */
  readonly failure: string | null;
  readonly milliseconds: number;
}

/** What one server showed, as plain data. */
export function toServerProof(result: ProofResult): ServerProof {
  const parts = [
    ["up", result.up],
    ["down", result.down],
    ["up after down", result.again],
  ] as const;
  const bad = result.converges ? undefined : parts.find(([, part]) => isBad(part));
  return {
    on: result.server,
    version: result.version,
    outcome: result.converges ? "proven" : "failed",
    reversible: result.down.outcome !== "none",
    failedAt: bad?.[0] ?? null,
    remaining: bad?.[1].outcome === "different" ? bad[1].differences : [],
    unmanaged: bad?.[1].outcome === "different" ? bad[1].unmanaged : [],
    failure: bad?.[1].outcome === "failed" ? bad[1].error.message : null,
    milliseconds: result.milliseconds,
  };
}

/**
 * What a server showed where what comes before the revision, or the declared schema, does not run on it: a failed proof.
 * Any other error is thrown again.
 */
export function unreachedProof(error: unknown, server: Pick<ServerProof, "on" | "version">): ServerProof {
  const told = isKeelsonError(error) && (error.code.startsWith("revision.") || unreached.includes(error.code));
  if (!told) throw error;
  return {
    ...server,
    outcome: "failed",
    reversible: false,
    failedAt: null,
    remaining: [],
    unmanaged: [],
    failure: error.message,
    milliseconds: 0,
  };
}

const unreached: readonly KeelsonError["code"][] = ["statement.failed", "source.failed"];

/** The proofs of all servers as one; `majors` are those that it should be proven on, and may be by the header already. */
export function toProofReport(
  dialect: Dialect,
  servers: readonly ServerProof[],
  majors: readonly number[],
): ProofReport {
  const proven = new Set(servers.filter(({ outcome }) => outcome === "proven").map(({ version }) => version));
  return {
    dialect,
    outcome: servers.every(({ outcome }) => outcome === "proven") ? "proven" : "failed",
    reversible: servers.every(({ reversible }) => reversible),
    servers,
    notOn: dialect === "postgres" ? majors.filter((major) => !proven.has(String(major))) : [],
  };
}

/** Where a proof failed and at what, on several lines, server by server; and which servers proved it. */
export function proofFailureText({ servers }: ProofReport): string {
  const good = servers.filter(({ outcome }) => outcome === "proven").map(({ on }) => on);
  const failures = servers.filter(({ outcome }) => outcome === "failed").map(failureText);
  return [...failures, ...(good.length === 0 ? [] : [`It is proven on ${good.join(", ")}.`])].join("\n");
}

function failureText(proof: ServerProof): string {
  const { failedAt: at, failure, on } = proof;
  if (at === null) return `On ${on}, nothing of it could be run: ${failure ?? "the proof did not end"}`;
  if (failure !== null) return `The way ${at} does not run on ${on}: ${failure}`;
  const wanted = at === "down" ? "where it began" : "the declared schema";
  const lines = [...proof.remaining.flatMap((one) => [differenceLines(one)]), ...proof.unmanaged.map(unmanagedLines)];
  const more = lines.length > 20 ? [`  and ${lines.length - 20} more`] : [];
  return [
    `On ${on}, the way ${at} does not lead to ${wanted}. Still different:`,
    ...lines.slice(0, 20).flat(),
    ...more,
  ].join("\n");
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
  const wanted = { ...missingOrExtra, changed: "differs" }[difference.what];
  const attributes = difference.attributes.map(
    ({ name, from, to }) => `    ${name}: ${JSON.stringify(from)} instead of ${JSON.stringify(to)}`,
  );
  return [`  ${difference.kind} ${difference.name} ${wanted}`, ...attributes];
}

/** What no plan covers has to be written by hand, so the reason for it is said. */
function unmanagedLines({ name, what }: UnmanagedDifference): readonly string[] {
  return [`  ${name} ${missingOrExtra[what]} (no plan covers it: write it into the revision)`];
}

const missingOrExtra = { added: "is missing", removed: "should not be there" } as const;

function isBad(part: ProofPart): boolean {
  return part.outcome === "different" || part.outcome === "failed";
}
