import { loadSettings } from "../config/load-settings.ts";
import type { SettingOverrides, Settings } from "../config/settings.ts";
import type { Engine, Session } from "../engines/engine.ts";
import { isKeelsonError } from "../errors.ts";
import type { History } from "../history/graph.ts";
import { sha256Hex } from "../platform/hash.ts";
import { hostFacts } from "../platform/host.ts";
import type { ProgressSink } from "../progress/events.ts";
import { type RevisionFolder, readRevisionFolder } from "../revisions/read-folder.ts";
import { emptyLedger, type Ledger, readLedger } from "../store/read-ledger.ts";
import { withoutExternalObjects } from "./external-schema.ts";
import { openEngine } from "./open.ts";
import { fileHistory, type Standing, standingOf } from "./standing.ts";
import { type WaitOptions, waitUntilReady } from "./wait.ts";

/** What every verb accepts: where the project is, which database, and who wants to hear of progress. */
export interface ProjectOptions extends SettingOverrides {
  /** Settings that were loaded before; every other override is ignored then. */
  readonly settings?: Settings;
  /** An engine of the caller's, made with `keelson/postgres`, `keelson/pglite` or `keelson/sqlite`; it stays open. */
  readonly engine?: Engine;
  readonly on?: ProgressSink;
  readonly signal?: AbortSignal;
  /** Waits for a server, or for an HTTP health address, that is still starting. */
  readonly wait?: WaitOptions;
  /** Receives every statement with its time; `DB_DEBUG=1` sets it for the command line. */
  readonly onStatement?: (sql: string, milliseconds: number) => void;
}

/** An opened project. Files are read when first asked for; the database is reached when a session is opened. */
export interface Project {
  readonly settings: Settings;
  readonly engine: Engine;
  readonly on: ProgressSink;
  readonly signal: AbortSignal | undefined;
  folder(): Promise<RevisionFolder>;
  /** The history where no database is asked. */
  history(): Promise<History>;
  /** The history as it counts for the live database, and what that has applied of it. */
  standing(): Promise<Standing>;
  /** Reads the ledger over a session that can't write; a database that does not exist yet has an empty one. */
  ledger(): Promise<Ledger>;
}

/** Opens a project for the time of one piece of work and closes its engine whatever happens. */
export async function withProject<Result>(
  options: ProjectOptions,
  work: (project: Project) => Promise<Result>,
): Promise<Result> {
  const settings = options.settings ?? (await loadSettings(options));
  const on = options.on ?? (() => {});
  const opened = options.engine ?? (await openEngine(settings, options.onStatement));
  const engine = withoutExternalObjects(opened, settings.external.tables);
  let folder: Promise<RevisionFolder> | null = null;
  const readFolder = (): Promise<RevisionFolder> => {
    folder ??= readRevisionFolder({
      directory: settings.migrations,
      dialect: engine.dialect,
      cacheFile: cacheFile(settings, engine),
    }).then((read) => {
      tellUnread(read, on);
      return read;
    });
    return folder;
  };
  try {
    if (options.wait !== undefined) await waitUntilReady(engine, options.wait, on, options.signal);
    return await work({
      settings,
      engine,
      on,
      signal: options.signal,
      folder: readFolder,
      history: async () => fileHistory((await readFolder()).revisions),
      standing: async () => {
        const [ledger, read] = await Promise.all([readProjectLedger(engine, settings.ledger.history), readFolder()]);
        return standingOf(read.revisions, ledger);
      },
      ledger: () => readProjectLedger(engine, settings.ledger.history),
    });
  } finally {
    if (options.engine === undefined) await engine.close();
  }
}

/** The account and machine that a ledger names as the one who ran something. */
export function performer(): string {
  const host = hostFacts();
  return `${host.user}@${host.hostname} (pid ${host.pid})`;
}

/** Runs work over a session that can't write, or returns null when the file or folder of the database does not exist yet. */
export async function withReadSession<Result>(
  engine: Engine,
  work: (session: Session) => Promise<Result>,
): Promise<Result | null> {
  let session: Session;
  try {
    session = await engine.open("read");
  } catch (error) {
    if (isKeelsonError(error, "database.missing") && engine.capabilities.databases === "files") return null;
    throw error;
  }
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}

async function readProjectLedger(engine: Engine, history: string): Promise<Ledger> {
  return (await withReadSession(engine, (session) => readLedger(engine, session, history))) ?? emptyLedger;
}

/** What may have been meant as a revision is not passed over in silence; notes and pictures beside revisions are. */
function tellUnread(folder: RevisionFolder, on: ProgressSink): void {
  const unread = folder.unread.filter((name) => /\.(?:[cm]?[jt]s|py|rb|ya?ml|xml|json|psql|pgsql|ddl)$/i.test(name));
  if (unread.length === 0) return;
  const named =
    unread.length > 5 ? `${unread.slice(0, 5).join(", ")} and ${unread.length - 5} more` : unread.join(", ");
  on({
    event: "notice",
    level: "warning",
    code: "unread-files",
    message: `Not read as revisions, because they are no .sql files and do not begin with the line "// keelson": ${named} in ${folder.directory}`,
  });
}

/** One cache per folder and dialect, inside the project, where it can be deleted without harm. */
function cacheFile(settings: Settings, engine: Engine): string {
  const key = sha256Hex(`${settings.migrations}\n${engine.dialect}`).slice(0, 12);
  return `${settings.root}/.keelson/cache/revisions-${key}.json`;
}
