import { afterAll, beforeAll, describe, inject } from "vitest";
import {
  createDatabase,
  databaseUrl,
  dropDatabase,
  type PostgresMajor,
  type PostgresServer,
  postgresMajors,
  startPostgres,
} from "../../src/testing/index.ts";

export type { PostgresMajor, PostgresServer };
export { startPostgres };

declare module "vitest" {
  interface ProvidedContext {
    /** The superuser's URL of the server that the whole run shares. */
    readonly sharedPostgres: string;
  }
}

const databases: { readonly server: string; readonly name: string }[] = [];
const servers = new Map<PostgresMajor, Promise<PostgresServer>>();

afterAll(async () => {
  for (const { server, name } of databases.splice(0)) await dropDatabase(server, name).catch(() => undefined);
  for (const server of servers.values()) await (await server).stop();
  servers.clear();
});

/** The server that the whole run shares: PostgreSQL 15, its superuser. Never change anything on it but databases and roles of your own. */
export function sharedServer(): { readonly url: (database?: string) => string } {
  const url = inject("sharedPostgres");
  return { url: (database = "postgres") => databaseUrl(url, database) };
}

/** The URL of a new, empty database on the shared server, or on a server of another major; dropped when the test file ends. */
export async function freshDatabase(
  options: { readonly name?: string; readonly major?: PostgresMajor } = {},
): Promise<string> {
  const server = options.major === undefined ? inject("sharedPostgres") : (await fileServer(options.major)).url();
  const url = await createDatabase(server, options.name === undefined ? {} : { name: options.name });
  databases.push({ server, name: decodeURIComponent(new URL(url).pathname.slice(1)) });
  return url;
}

function fileServer(major: PostgresMajor): Promise<PostgresServer> {
  const server = servers.get(major) ?? startPostgres({ major });
  servers.set(major, server);
  return server;
}

/** Declares the same tests once for each major release, each on a server that lives as long as its tests; for long suites. */
export function forEachMajor(
  declare: (context: { readonly major: PostgresMajor; readonly server: () => PostgresServer }) => void,
): void {
  describe.each(postgresMajors)("PostgreSQL %i", (major) => {
    let server: PostgresServer;
    beforeAll(async () => {
      server = await startPostgres({ major });
    }, 120_000);
    afterAll(() => server?.stop());
    declare({ major, server: () => server });
  });
}
