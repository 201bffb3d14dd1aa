import type { Catalog } from "../catalog/catalog.ts";
import { redactUrl } from "../config/database-url.ts";
import type { SchemaSourceSetting, Settings } from "../config/settings.ts";
import type { Engine } from "../engines/engine.ts";
import { KeelsonError } from "../errors.ts";
import type { ProgressSink } from "../progress/events.ts";
import type { DeclaredSchema } from "../sources/declared-schema.ts";
import type { ModelNotice } from "../sources/models/found-model.ts";
import { readSources } from "../sources/read-sources.ts";
import type { SchemaSource } from "../sources/schema-source.ts";
import { databaseStatements } from "./database-statements.ts";
import { withoutExternalObjects } from "./external-schema.ts";
import { isNews } from "./is-news.ts";
import { openEngineAt } from "./open.ts";
import { projectCache } from "./project-cache.ts";

/** What a declared schema is read for. */
export interface DeclaredSchemaRequest {
  readonly settings: Settings;
  /** An engine of the wanted dialect, for its grammar; no session is opened on it. */
  readonly engine: Engine;
  /** The catalog of an empty database, which another database as a source is compared with. */
  readonly empty: () => Promise<Catalog>;
  readonly on: ProgressSink;
  readonly signal?: AbortSignal | undefined;
}

/** Reads what the project's schema sources declare for the dialect of an engine. */
export async function readDeclaredSchema(request: DeclaredSchemaRequest): Promise<DeclaredSchema> {
  const { settings, engine, on, signal } = request;
  const { dialect } = engine;
  const configured = settings.schema[dialect];
  const cacheFolder = projectCache(settings);
  const notices: ModelNotice[] = [];
  const declared = await readSources({
    root: settings.root,
    dialect,
    external: settings.external.tables,
    sources: configured?.map((source) => sourceOf(source, request)) ?? null,
    cut: (script) => engine.parse(script),
    cacheFolder,
    onNotice: (notice) => void notices.push(notice),
    signal,
  });
  for (const { code, message, tell } of notices) {
    if (tell === undefined) on({ event: "notice", level: "warning", code, message });
    else if (await isNews(cacheFolder, message)) on({ event: "notice", level: "info", code, message });
  }
  return declared;
}

function sourceOf(source: SchemaSourceSetting, request: DeclaredSchemaRequest): SchemaSource {
  if (source.kind !== "database") return source;
  const label = redactUrl(source.url);
  return { kind: "database", label, read: () => readDatabase(source.url.reveal(), label, request) };
}

/** The statements that would make the schema of another database from nothing. */
async function readDatabase(
  url: string,
  label: string,
  { settings, engine: { dialect }, empty }: DeclaredSchemaRequest,
): Promise<readonly string[]> {
  const engine = await openEngineAt({ url, source: "the key `schema` of the configuration" }, { settings });
  try {
    if (engine.dialect !== dialect) {
      throw new KeelsonError("source.invalid", `The schema source ${label} is no ${dialect} database.`, {
        hint: "Name sources for each dialect: schema: { postgres: [...], sqlite: [...] }.",
        details: { source: label, dialect },
      });
    }
    const own = withoutExternalObjects(engine, settings.external.tables);
    const { statements } = await databaseStatements(own, await empty(), {
      owners: "stated",
      privileges: settings.privileges !== "ignored",
    });
    return statements.map(({ sql }) => sql);
  } finally {
    await engine.close();
  }
}
