import type { Dialect, Engine } from "../engines/engine.ts";
import { namedExtensions } from "./named-extensions.ts";
import type { ScratchDatabase, ScratchServer } from "./scratch-database.ts";

/** A database engine that runs in this process. */
export interface MemoryScratchOptions {
  readonly dialect: Dialect;
  readonly label: string;
  readonly version: string;
  readonly identity: string;
  /** Extensions that must be named when a database starts, or it will not have them. */
  readonly extensions: readonly string[];
  /** Makes the engine of a new, empty database in memory. */
  readonly open: (extensions: readonly string[]) => Promise<Engine>;
}

/** Scratch databases in this process: each is an instance of its own, which ends with it. */
export function memoryScratch(options: MemoryScratchOptions): ScratchServer {
  const open = new Set<ScratchDatabase>();
  return {
    dialect: options.dialect,
    label: options.label,
    version: options.version,
    identity: options.identity,
    async create(work) {
      const loaded = namedExtensions(work?.text ?? "", options.extensions);
      const engine = await options.open(loaded);
      const session = await engine.open("write").catch(async (error: unknown) => {
        await engine.close();
        throw error;
      });
      const database: ScratchDatabase = {
        engine,
        session,
        label: options.label,
        ownsRoles: engine.capabilities.roles,
        suits: (text) => namedExtensions(text, options.extensions).every((name) => loaded.includes(name)),
        async drop() {
          open.delete(database);
          await session.close().catch(() => undefined);
          await engine.close().catch(() => undefined);
        },
      };
      open.add(database);
      return database;
    },
    async close() {
      for (const database of [...open]) await database.drop();
    },
  };
}
