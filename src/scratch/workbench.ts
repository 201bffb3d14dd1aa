import type { Catalog } from "../catalog/catalog.ts";
import type { DeclaredSchema } from "../sources/declared-schema.ts";
import type { CatalogCache, CatalogKey } from "./catalog-cache.ts";
import { elaborate, elaborateAndForget } from "./elaborate.ts";
import { type ProofRequest, type ProofResult, proveOn } from "./prove.ts";
import { type ReplayRequest, replay, replayedRevisions, replayedText } from "./replay.ts";
import type { ScratchDatabase, ScratchServer } from "./scratch-database.ts";

/** How to bring an empty scratch database to the catalog that a proof starts from. */
export type StartingPoint =
  | { readonly replay: ReplayRequest }
  /** Makes the objects of a catalog that no history leads to, such as a live database's. */
  | { readonly make: (database: ScratchDatabase) => Promise<void>; readonly text: string };

/** A database at the end of a history. */
interface Replayed {
  readonly key: string;
  readonly database: ScratchDatabase;
  /** What it holds, where that was read. */
  readonly catalog: Catalog | null;
  /** `replay`: nothing but the replay ran on it. `proofs`: its last revisions came there by being proven. */
  readonly by: "replay" | "proofs";
}

/**
 * The scratch work of one verb: catalogs of histories and of declared schemas, and proofs. Nothing is started for what
 * the cache knows, and one scratch database does all of the work where that is possible.
 */
export class Workbench {
  readonly server: ScratchServer;
  readonly #cache: CatalogCache;
  readonly #on: (doing: string) => void;
  /** A database that is empty. */
  #blank: ScratchDatabase | null = null;
  /** A database that is where a history leads. */
  #replayed: Replayed | null = null;
  /** SQL that is known to be coming, so that a database that is started now will do for it. */
  #coming = "";

  /** `on` is told of what takes a while. */
  constructor(server: ScratchServer, cache: CatalogCache, on: (doing: string) => void = () => undefined) {
    this.server = server;
    this.#cache = cache;
    this.#on = on;
  }

  /** Announces SQL that is going to run, so that the first database will do for all of it. */
  expect(text: string): void {
    this.#coming = text;
  }

  /** The catalog that the history (up to some revisions) leads to. */
  async current(request: ReplayRequest): Promise<Catalog> {
    const key = this.#replayKey(request);
    const ready = this.#replayed;
    if (ready?.key === key.content && ready.catalog !== null) return ready.catalog;
    return (await this.#cache.get(key)) ?? (await this.#readReplayed(request));
  }

  /** The catalog that a declared schema has on this server. */
  async desired(declared: DeclaredSchema): Promise<Catalog> {
    return (await this.#cache.get(this.#sourceKey(declared))) ?? (await this.#elaborate(declared));
  }

  /** Both, on one scratch database where neither is known and the declared schema allows it. */
  async catalogs(
    request: ReplayRequest,
    declared: DeclaredSchema,
  ): Promise<{ readonly current: Catalog; readonly desired: Catalog }> {
    const current = await this.#cache.get(this.#replayKey(request));
    this.#coming = `${declared.text}\n${current === null ? await replayedText(request) : ""}`;
    // The declared schema comes first: it leaves the database empty, and the replay's goes on to the proof.
    const desired = await this.desired(declared);
    return { current: current ?? (await this.#readReplayed(request)), desired };
  }

  /** The catalog after some statements on top of a starting point; nothing of them stays. */
  async after(from: StartingPoint, statements: readonly string[]): Promise<Catalog> {
    const database = await this.#start(from, statements.join(";\n"));
    const { engine, session } = database;
    try {
      await session.script([engine.sql.begin, ...statements]);
      return await engine.introspect(session);
    } finally {
      await session.rollback();
      if (this.#replayed?.database !== database) await database.drop();
    }
  }

  /** Reads from a database at the end of a replay, which must be left as it was. */
  async look<Result>(request: ReplayRequest, read: (database: ScratchDatabase) => Promise<Result>): Promise<Result> {
    const database = await this.#start({ replay: request }, "");
    try {
      return await read(database);
    } finally {
      if (this.#replayed?.database !== database) await database.drop();
    }
  }

  /**
   * Runs up, down and up again from the starting point, and compares with the catalogs. Where `leadsTo` says which part
   * of a history the database holds after that, the next proof goes on from there without a replay.
   */
  async prove(from: StartingPoint, request: ProofRequest, leadsTo: ReplayRequest | null = null): Promise<ProofResult> {
    const started = performance.now();
    const walked = "replay" in from && this.#replayed?.by === "proofs" && this.#isReplayed(from.replay);
    let result = await this.#prove(from, request, leadsTo);
    // Rows that the proofs before it left behind must not decide.
    if (!result.converges && walked) result = await this.#prove(from, request, leadsTo);
    return { ...result, milliseconds: Math.round(performance.now() - started) };
  }

  /** Removes its databases and closes the scratch server. */
  async close(): Promise<void> {
    const left = [this.#blank, this.#replayed?.database ?? null];
    this.#blank = null;
    this.#replayed = null;
    for (const database of left) await database?.drop();
    await this.server.close();
  }

  async #prove(from: StartingPoint, request: ProofRequest, leadsTo: ReplayRequest | null): Promise<ProofResult> {
    const { revision } = request;
    const database = await this.#start(from, revision.text);
    this.#replayed = null;
    let kept = false;
    try {
      const result = await proveOn(database, this.server, request);
      // The rows of a fixture belong to one revision alone.
      if (leadsTo !== null && result.converges && revision.fixture === undefined) {
        kept = true;
        const { content: key } = this.#replayKey(leadsTo);
        this.#replayed = { key, database, catalog: result.reached, by: "proofs" };
      }
      return result;
    } finally {
      if (!kept) await database.drop();
    }
  }

  async #start(from: StartingPoint, text: string): Promise<ScratchDatabase> {
    if ("replay" in from) {
      const ready = this.#replayed;
      if (ready !== null && this.#isReplayed(from.replay) && ready.database.suits(text)) return ready.database;
      return await this.#replay(from.replay, this.#replayKey(from.replay), text);
    }
    const database = await this.#empty(`${from.text}\n${text}`);
    try {
      await from.make(database);
      return database;
    } catch (error) {
      await database.drop();
      throw error;
    }
  }

  #isReplayed(request: ReplayRequest): boolean {
    return this.#replayed?.key === this.#replayKey(request).content;
  }

  async #replay(request: ReplayRequest, key: CatalogKey, more = ""): Promise<ScratchDatabase> {
    await this.#replayed?.database.drop();
    this.#replayed = null;
    const database = await this.#empty(`${await replayedText(request)}\n${more}`);
    const { length } = replayedRevisions(request);
    this.#on(`Replaying ${length} ${length === 1 ? "revision" : "revisions"} on ${this.server.label}`);
    try {
      await replay(database, request);
    } catch (error) {
      await database.drop();
      throw error;
    }
    this.#replayed = { key: key.content, database, catalog: null, by: "replay" };
    return database;
  }

  async #readReplayed(request: ReplayRequest): Promise<Catalog> {
    const key = this.#replayKey(request);
    const database = await this.#replay(request, key);
    const catalog = await database.engine.introspect(database.session);
    this.#replayed = { key: key.content, database, catalog, by: "replay" };
    await this.#cache.set(key, catalog);
    return catalog;
  }

  async #elaborate(declared: DeclaredSchema): Promise<Catalog> {
    const database = await this.#empty(declared.text);
    let catalog: Catalog | null = null;
    this.#on(`Making the declared schema on ${this.server.label}`);
    try {
      catalog = await elaborateAndForget(database, declared.statements);
      if (catalog !== null) this.#blank = database;
      catalog ??= await elaborate(database, declared.statements);
    } finally {
      if (this.#blank !== database) await database.drop();
    }
    await this.#cache.set(this.#sourceKey(declared), catalog);
    return catalog;
  }

  /** An empty database, which is the caller's from now on. */
  async #empty(text: string): Promise<ScratchDatabase> {
    const blank = this.#blank;
    this.#blank = null;
    if (blank?.suits(text) === true) return blank;
    await blank?.drop();
    this.#on(`Starting ${this.server.label}`);
    return await this.server.create({ text: `${this.#coming}\n${text}` });
  }

  #sourceKey(declared: DeclaredSchema): CatalogKey {
    return { server: this.server.identity, made: "from sources", content: declared.text };
  }

  #replayKey(request: ReplayRequest): CatalogKey {
    const content = replayedRevisions(request)
      .map((revision) => `${revision.id} ${revision.checksum}`)
      .join("\n");
    return { server: this.server.identity, made: "by replay", content };
  }
}
