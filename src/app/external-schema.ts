import { externalIds, withoutExternal } from "../catalog/external.ts";
import type { Settings } from "../config/settings.ts";
import type { Engine } from "../engines/engine.ts";
import { KeelsonError } from "../errors.ts";
import { sha256Hex } from "../platform/hash.ts";
import { elaborate } from "../scratch/elaborate.ts";
import type { ScratchDatabase, ScratchServer } from "../scratch/scratch-database.ts";
import { type DeclaredSchema, nothingDeclared } from "../sources/declared-schema.ts";
import { readSources } from "../sources/read-sources.ts";
import { projectCache } from "./project-cache.ts";

/** An engine whose catalogs leave out what others look after, so that nothing ever compares or plans it. */
export function withoutExternalObjects(engine: Engine, names: readonly string[]): Engine {
  if (names.length === 0) return engine;
  return {
    ...engine,
    introspect: async (session, options) => withoutExternal(await engine.introspect(session, options), names),
    withDatabase: (name) => withoutExternalObjects(engine.withDatabase(name), names),
  };
}

/** What is needed to make the tables of others on a scratch server. */
export interface ExternalRequest {
  readonly settings: Pick<Settings, "root" | "external">;
  /** An engine of the dialect, for its grammar; no session is opened on it. */
  readonly engine: Engine;
  readonly signal?: AbortSignal | undefined;
}

/**
 * A scratch server whose databases have the tables of others from their beginning, as far as the configuration says how
 * they look, and whose catalogs leave them out.
 */
export async function withExternalSchema(server: ScratchServer, request: ExternalRequest): Promise<ScratchServer> {
  const { tables } = request.settings.external;
  if (tables.length === 0) return server;
  const schema = await readExternal(request);
  return {
    dialect: server.dialect,
    label: server.label,
    version: server.version,
    identity: `${server.identity} external ${sha256Hex(JSON.stringify([tables, schema.text]))}`,
    async create(work) {
      const database = await server.create({ text: `${schema.text}\n${work?.text ?? ""}` });
      try {
        return await prepared(database, { schema, tables });
      } catch (error) {
        await database.drop();
        throw error;
      }
    },
    close: () => server.close(),
  };
}

/**
 * What the setup itself brings that catalogs only name, such as its grants, is nothing that a revision could leave out.
 * What is added to the tables of others after it is not managed either, and that is said.
 */
async function prepared(
  database: ScratchDatabase,
  { schema, tables }: { readonly schema: DeclaredSchema; readonly tables: readonly string[] },
): Promise<ScratchDatabase> {
  const setup = await elaborate(database, schema.statements);
  const brought = new Set([...setup.unmanaged, ...externalIds(setup, tables)]);
  const introspect: Engine["introspect"] = async (session, options) => {
    const catalog = await database.engine.introspect(session, options);
    const added = externalIds(catalog, tables);
    const names = catalog.objects.flatMap(({ id, kind, name }) =>
      added.has(id) && !brought.has(id) ? [`${kind} ${name} (of an external table)`] : [],
    );
    const unmanaged = [...catalog.unmanaged.filter((name) => !brought.has(name)), ...names];
    return { ...withoutExternal(catalog, tables), unmanaged };
  };
  return { ...database, engine: { ...database.engine, introspect } };
}

async function readExternal({ settings, engine, signal }: ExternalRequest): Promise<DeclaredSchema> {
  const { root, external } = settings;
  const sources = external.schema[engine.dialect] ?? [];
  if (sources.length === 0) return nothingDeclared;
  return await readSources({
    root,
    dialect: engine.dialect,
    sources: sources.map((source) => {
      if (source.kind !== "database") return source;
      throw new KeelsonError("source.invalid", "The tables of others can't be read from another database.", {
        hint: 'Write down what the project needs of them as SQL: external: { tables: [...], schema: "external.sql" }.',
      });
    }),
    cut: (script) => engine.parse(script),
    cacheFolder: projectCache(settings),
    signal,
  });
}
