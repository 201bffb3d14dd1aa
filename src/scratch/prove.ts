import type { Catalog } from "../catalog/catalog.ts";
import {
  type CatalogDifference,
  compareCatalogs,
  compareUnmanaged,
  type UnmanagedDifference,
} from "../catalog/compare.ts";
import { isKeelsonError, type KeelsonError } from "../errors.ts";
import type { RevisionBody, SqlSection, TransactionMode } from "../history/revision.ts";
import { runChecks, runSection } from "./run-section.ts";
import type { ScratchDatabase, ScratchServer } from "./scratch-database.ts";

/** One way of a revision, tried on a scratch database. */
export type ProofPart =
  /** It ran, and the schema after it is exactly the one wanted. */
  | { readonly outcome: "equal" }
  /** It ran; what would have to happen to the schema after it, to be the one wanted. */
  | {
      readonly outcome: "different";
      readonly differences: readonly CatalogDifference[];
      readonly unmanaged: readonly UnmanagedDifference[];
    }
  /** A statement failed; the error says which, and where it stands. */
  | { readonly outcome: "failed"; readonly error: KeelsonError }
  /** There is no such way, or one before it did not succeed. */
  | { readonly outcome: "none" };

/** What came of proving one revision on one scratch database. */
export interface ProofResult {
  /** Up leads to the desired catalog, down (where there is one) back to the current one, and up can run again. */
  readonly converges: boolean;
  readonly up: ProofPart;
  readonly down: ProofPart;
  /** Up once more after down. */
  readonly again: ProofPart;
  /** The catalog of the database as the proof left it, after the last way up; null where a way failed. */
  readonly reached: Catalog | null;
  readonly server: string;
  /** The PostgreSQL major, or SQLite's version as `major.minor`. */
  readonly version: string;
  readonly milliseconds: number;
}

/** The parts of a revision as functions of the scratch database that they run on. */
export interface ProvableRevision {
  /** Everything that it may send to the database, in any order, so that a scratch database can be made ready for it. */
  readonly text: string;
  /** Supplies rows for what follows. */
  readonly fixture?: (database: ScratchDatabase) => Promise<void>;
  readonly up: (database: ScratchDatabase) => Promise<void>;
  /** Fails where something is not as it should be after `up`. */
  readonly verify?: (database: ScratchDatabase) => Promise<void>;
  readonly down: ((database: ScratchDatabase) => Promise<void>) | null;
}

/** What to prove. */
export interface ProofRequest {
  /** The catalog that `up` starts from and `down` must lead back to. */
  readonly current: Catalog;
  /** The catalog that `up` must lead to; null where only the statements and the way back are proved. */
  readonly desired: Catalog | null;
  readonly revision: ProvableRevision;
}

/** The parts of a revision that is SQL. `file` names it in messages until it has a file. */
export function sqlRevision(
  body: RevisionBody,
  options: { readonly transaction: TransactionMode; readonly id: string | null },
): ProvableRevision {
  const { transaction, id: revision } = options;
  const { require, up, requireDown, down, verify } = body;
  const way = async (
    database: ScratchDatabase,
    section: SqlSection,
    required: SqlSection | undefined,
  ): Promise<void> => {
    if (required !== undefined) await runChecks(database, { section: required, transaction, revision });
    await runSection(database, { section, transaction, revision });
  };
  return {
    text: [require, up, requireDown, down, verify].map((section) => section?.sql ?? "").join("\n"),
    up: (database) => way(database, up, require),
    ...(verify === null
      ? {}
      : { verify: (database: ScratchDatabase) => runChecks(database, { section: verify, transaction, revision }) }),
    down: down === null ? null : (database) => way(database, down, requireDown),
  };
}

/**
 * Runs up, down and up again on a scratch database that is at `current`, and compares after each. What catalogs only
 * name (grants, owners, kinds without a plan) must be there after down as it was before, and after up as it was the first
 * time. What fails is a result; only what is not about the revision (a lost connection) is thrown.
 */
export async function proveOn(
  database: ScratchDatabase,
  server: Pick<ScratchServer, "label" | "version">,
  request: ProofRequest,
): Promise<ProofResult> {
  const started = performance.now();
  const { revision, current, desired } = request;
  let reached: Catalog | null = null;
  const upwards = async (wanted: Wanted): Promise<ProofPart> =>
    await part(database, wanted, async () => {
      await revision.up(database);
      await revision.verify?.(database);
      reached = await database.engine.introspect(database.session);
      return reached;
    });

  const prepared = await part(database, nothing, async () => {
    await revision.fixture?.(database);
    return null;
  });
  const up = prepared.outcome === "failed" ? prepared : await upwards({ objects: desired, unmanaged: null });
  const first: Catalog | null = reached;
  const back = revision.down;
  const down: ProofPart =
    up.outcome === "failed" || back === null
      ? { outcome: "none" }
      : await part(database, { objects: current, unmanaged: current }, async () => {
          reached = null;
          await back(database);
          return await database.engine.introspect(database.session);
        });
  const again: ProofPart =
    down.outcome === "equal" ? await upwards({ objects: desired ?? first, unmanaged: first }) : { outcome: "none" };
  return {
    converges: up.outcome === "equal" && (back === null || (down.outcome === "equal" && again.outcome === "equal")),
    up,
    down,
    again,
    reached,
    server: server.label,
    version: server.version,
    milliseconds: Math.round(performance.now() - started),
  };
}

/** What a part has to lead to; null where that is not known. */
interface Wanted {
  readonly objects: Catalog | null;
  readonly unmanaged: Catalog | null;
}

const nothing: Wanted = { objects: null, unmanaged: null };

async function part(
  database: ScratchDatabase,
  wanted: Wanted,
  work: () => Promise<Catalog | null>,
): Promise<ProofPart> {
  try {
    const catalog = await work();
    const differences = catalog === null || wanted.objects === null ? [] : compareCatalogs(catalog, wanted.objects);
    const unmanaged = catalog === null || wanted.unmanaged === null ? [] : compareUnmanaged(catalog, wanted.unmanaged);
    if (differences.length === 0 && unmanaged.length === 0) return { outcome: "equal" };
    return { outcome: "different", differences, unmanaged };
  } catch (error) {
    if (!isKeelsonError(error) || !aboutTheRevision(error)) throw error;
    if (!database.session.closed) await database.session.rollback();
    return { outcome: "failed", error };
  }
}

function aboutTheRevision(error: KeelsonError): boolean {
  return error.code.startsWith("revision.") || error.code === "statement.failed";
}
