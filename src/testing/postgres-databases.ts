import { randomBytes } from "node:crypto";
import { Client } from "pg";

/** The URL of another database of the same server. */
export function databaseUrl(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${encodeURIComponent(database)}`;
  return url.href;
}

/** Creates an empty database, or a copy of `template`, and gives its URL; the URL's user must be allowed to. */
export async function createDatabase(
  serverUrl: string,
  options: { readonly name?: string; readonly template?: string } = {},
): Promise<string> {
  const name = options.name ?? `test_${randomBytes(6).toString("hex")}`;
  await administer(serverUrl, `CREATE DATABASE ${quote(name)} TEMPLATE ${quote(options.template ?? "template0")}`);
  return databaseUrl(serverUrl, name);
}

/** Drops a database if it is there, and ends the sessions that use it. */
export async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  const drop = `DROP DATABASE IF EXISTS ${quote(name)}`;
  try {
    await administer(serverUrl, `${drop} WITH (FORCE)`);
  } catch (error) {
    // Only a superuser may end an autovacuum worker by force; without force the server asks it to stop.
    if (!(error instanceof Error && "code" in error && error.code === "42501")) throw error;
    await administer(serverUrl, drop);
  }
}

async function administer(serverUrl: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl(serverUrl, "postgres") });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function quote(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}
