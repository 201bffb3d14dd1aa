import { proofServers } from "./open-scratch.ts";
import type { Project } from "./project.ts";
import { type ProofReport, type ServerProof, toProofReport, unreachedProof } from "./proof-report.ts";
import { type SchemaWork, scratchEngine, withSchemaWork } from "./schema-work.ts";

/** What is proven, which of the two is asked server by server. */
export interface EveryProof {
  /** On the server that it was planned on, whose catalogs are known. */
  readonly here: () => Promise<ServerProof>;
  /** On another one; both catalogs are made anew there, as no two majors need print one schema alike. */
  readonly there: (other: SchemaWork) => Promise<ServerProof>;
}

/**
 * Proves on the server that something was planned on, then on each other one that the project names. A server on which
 * what comes before it does not run is one that it failed on.
 */
export async function proveEverywhere(project: Project, work: SchemaWork, proof: EveryProof): Promise<ProofReport> {
  const { settings } = project;
  const { dialect } = work;
  const proving = ({ scratch }: SchemaWork): void =>
    project.on({ event: "working", doing: `Proving it up and down on ${scratch}` });
  proving(work);
  const proofs = [await proof.here()];
  const there = async (other: SchemaWork): Promise<ServerProof> => {
    proving(other);
    try {
      return await proof.there(other);
    } catch (error) {
      return unreachedProof(error, { on: other.scratch, version: other.version });
    }
  };
  const servers = await proofServers({ settings, engine: scratchEngine(project, dialect) }, null);
  for (const which of servers.slice(1)) proofs.push(await withSchemaWork(project, dialect, there, which));
  return toProofReport(dialect, proofs, settings.postgres);
}
