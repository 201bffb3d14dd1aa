import { makeProject, type TestProject } from "../support/project.ts";
import { type RunOptions, type RunResult, runKeelson } from "../support/run-keelson.ts";

/** A small project and the command line in its folder. */
export interface BlogProject extends TestProject {
  run(args: readonly string[], options?: RunOptions): Promise<RunResult>;
}

/** The ids of its three revisions, oldest first. */
export const blogIds = ["aaaaaaaaaaa1", "aaaaaaaaaaa2", "aaaaaaaaaaa3"] as const;

/** The text of a revision in Keelson's own layout. */
export function revisionText(revision: {
  readonly id: string;
  readonly parents?: string;
  readonly message: string;
  readonly up: string;
  readonly down?: string;
}): string {
  const { id, parents = "", message, up, down } = revision;
  const head = `-- keelson\n-- id: ${id}\n-- parents: ${parents}\n-- message: ${message}\n-- created: 2026-01-02T03:04:05Z\n`;
  return `${head}\n-- keelson:up\n${up}\n${down === undefined ? "" : `\n-- keelson:down\n${down}\n`}`;
}

const files = {
  "migrations/1_users.sql": revisionText({
    id: blogIds[0],
    message: "add users",
    up: "CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL);",
    down: "DROP TABLE users;",
  }),
  "migrations/2_posts.sql": revisionText({
    id: blogIds[1],
    parents: blogIds[0],
    message: "add posts",
    up: "CREATE TABLE posts (id integer PRIMARY KEY, author integer REFERENCES users (id));\nCREATE INDEX posts_author ON posts (author);",
    down: "DROP TABLE posts;",
  }),
  "migrations/3_tags.sql": revisionText({
    id: blogIds[2],
    parents: blogIds[1],
    message: "add tags",
    up: "CREATE TABLE tags (name text PRIMARY KEY);",
    down: "DROP TABLE tags;",
  }),
};

/** Three revisions for any engine, and a configuration that names the database: SQLite in a file unless told. */
export async function blogProject(url = "sqlite:app.db"): Promise<BlogProject> {
  const project = await makeProject({ files: { ...files, "keelson.config.json": JSON.stringify({ url }) } });
  return {
    ...project,
    run: (args, options = {}) => runKeelson(args, { cwd: project.root, ...options }),
  };
}

/** The records of a `--json` run; fails where a line is none. */
export function records(stdout: string): readonly Readonly<Record<string, unknown>>[] {
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}
