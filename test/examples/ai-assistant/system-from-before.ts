import { randomBytes, scryptSync } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import type { Checkout } from "../checkout.ts";
import { onServer } from "../on-server.ts";

/** Somebody with an account. */
export interface Person {
  readonly username: string;
  readonly password: string;
}

/** The accounts of the tests: `boss` is the superuser, `asleep` may not log in. */
export const people = {
  boss: { username: "boss", password: "correct horse battery" },
  testuser: { username: "testuser", password: "test12345" },
  other: { username: "other", password: "another password" },
  asleep: { username: "asleep", password: "zzzzzzzzzzzz" },
} as const satisfies Readonly<Record<string, Person>>;

/** The target right before the revision that is written in TypeScript. */
export async function revisionBefore(checkout: Checkout): Promise<string> {
  const folder = checkout.path("backend", "migrations");
  const name = (await readdir(folder)).find((file) => file.endsWith("_add_user_id_to_projects.ts")) ?? "";
  const id = /^\/\/ id: (\w+)$/m.exec(await readFile(`${folder}/${name}`, "utf8"))?.[1];
  return `${id}-1`;
}

/** Creates the accounts of the tests. */
export async function addPeople(database: string): Promise<void> {
  const rows = Object.values(people).map(
    ({ username, password }) =>
      `('${username}@example.com', '${username}', '${hash(password)}', '${username === "asleep" ? "locked" : "active"}', ${username === "boss"})`,
  );
  await onServer(
    database,
    `INSERT INTO users (email, username, password_hash, status, is_superuser) VALUES ${rows.join(", ")}`,
  );
}

/** Creates projects as they were before: with a name, and belonging to nobody. */
export async function addProjects(database: string, count: number): Promise<void> {
  await onServer(database, `INSERT INTO projects (name) SELECT 'Project ' || n FROM generate_series(1, ${count}) AS n`);
}

/** The names of a table's columns, in their order. */
export async function columnsOf(database: string, table: string): Promise<readonly unknown[]> {
  const rows = await onServer(
    database,
    `SELECT column_name FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name = '${table}' ORDER BY ordinal_position`,
  );
  return rows.map((row) => row["column_name"]);
}

/** A hash that says its own, low cost: tests log in often. */
function hash(password: string): string {
  const salt = randomBytes(16);
  const key = scryptSync(password, salt, 32, { N: 1024, r: 8, p: 1 });
  return ["scrypt", 1024, 8, 1, salt.toString("base64url"), key.toString("base64url")].join("$");
}
