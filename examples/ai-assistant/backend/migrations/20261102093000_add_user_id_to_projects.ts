// keelson
// id: 875bb6e3fc6f
// parents: 0251a99f86c7
// message: add user_id to projects
// created: 2026-11-02T09:30:00Z
// proof: up and down, PostgreSQL 18, sha256 a3e74dc49b28f0be

import { defineRevision, type RevisionDatabase } from "keelson";

/*
 * Multi-user support: every project belongs to a person, and may name an assistant. Projects that are there already go
 * to the administrator. Works also where some of this was done by hand: what is there is kept, what lacks is added.
 */

interface Column {
  readonly name: string;
  readonly type: string;
  /** What comes after the type; the same for every row, so that PostgreSQL need not write the table anew. */
  readonly rest: string;
}

const columns: readonly Column[] = [
  { name: "user_id", type: "integer", rest: "" },
  { name: "assistant_id", type: "integer", rest: "" },
  { name: "created_at", type: "timestamp with time zone", rest: "DEFAULT now()" },
  { name: "updated_at", type: "timestamp with time zone", rest: "DEFAULT now()" },
];

const required = ["user_id", "created_at", "updated_at"];

const foreignKeys = [
  {
    name: "projects_user_id_users_id_fk",
    column: "user_id",
    definition: "FOREIGN KEY (user_id) REFERENCES users(id)",
  },
  {
    name: "projects_assistant_id_roles_id_fk",
    column: "assistant_id",
    definition: "FOREIGN KEY (assistant_id) REFERENCES roles(id) ON DELETE SET NULL",
  },
];

const indexes = [
  { name: "projects_user_id_created_at_index", on: "(user_id, created_at DESC, id DESC)" },
  { name: "projects_assistant_id_index", on: "(assistant_id)" },
];

/** Projects that are given away between two lines of progress. */
const batch = 10_000;

export default defineRevision({
  async needed(db) {
    return (await whatLacks(db)).length > 0;
  },

  preflight: {
    "the tables users, roles and projects exist": async (db) => {
      for (const table of ["users", "roles", "projects"]) {
        if (!(await db.hasTable(table)))
          return `there is no table ${table}. Apply the revisions before this one first.`;
      }
      return true;
    },
    "an admin exists": async (db) =>
      (await findAdmin(db)) !== null ||
      "No superuser found. Create one with scripts/init_auth_tables, then run this again.",
    "this role may change the table projects": async (db) => {
      const { rows } = await db.query<{ readonly owner: string; readonly may: boolean }>(
        `SELECT pg_get_userbyid(relowner) AS owner, pg_has_role(current_user, relowner, 'USAGE') AS may
         FROM pg_class WHERE oid = to_regclass('projects')`,
      );
      return rows[0]?.may === true || `it belongs to ${rows[0]?.owner}. Run this as ${rows[0]?.owner}.`;
    },
    "columns that are there already have the right type": async (db) => {
      const there = await readColumns(db);
      const wrong = columns.filter(({ name, type }) => there.has(name) && there.get(name)?.type !== type);
      if (wrong.length === 0) return true;
      const told = wrong.map(({ name, type }) => `${name} is ${there.get(name)?.type} and must be ${type}`);
      return `${told.join("; ")}. Convert or drop what was added by hand, then run this again.`;
    },
  },

  async confirm(db) {
    const admin = await findAdmin(db);
    const count = await countProjects(db);
    const gift =
      count === 0 ? "No project lacks an owner." : `${count} projects without an owner go to ${admin?.username}.`;
    return `${gift} Add multi-user support to the table projects?`;
  },

  async fixture(db) {
    await db.exec(`
      INSERT INTO users (id, email, username, password_hash, status, is_superuser)
      VALUES (1, 'admin@example.com', 'admin', 'x', 'active', true), (2, 'ann@example.com', 'ann', 'x', 'active', false);
      INSERT INTO projects (name) SELECT 'Project ' || n FROM generate_series(1, 12000) AS n;
    `);
  },

  async up(db) {
    db.log("Step 1 of 5: columns");
    await addColumns(db);
    db.log("Step 2 of 5: projects without an owner go to the administrator");
    await giveToAdmin(db);
    db.log("Step 3 of 5: foreign keys");
    for (const foreignKey of foreignKeys) await addForeignKey(db, foreignKey);
    db.log("Step 4 of 5: an owner and both times are required from now on");
    for (const name of required) await db.exec(`ALTER TABLE projects ALTER COLUMN ${name} SET NOT NULL`);
    db.log("Step 5 of 5: indexes");
    for (const { name, on } of indexes) await db.exec(`CREATE INDEX IF NOT EXISTS ${name} ON projects ${on}`);
  },

  async down(db) {
    await db.exec(`
      ALTER TABLE projects DROP COLUMN IF EXISTS user_id CASCADE;
      ALTER TABLE projects DROP COLUMN IF EXISTS assistant_id CASCADE;
      ALTER TABLE projects DROP COLUMN IF EXISTS created_at;
      ALTER TABLE projects DROP COLUMN IF EXISTS updated_at;
    `);
  },

  verify: {
    "nothing lacks": async (db) => {
      const lacking = await whatLacks(db);
      return lacking.length === 0 || `still missing: ${lacking.join(", ")}`;
    },
    "every project belongs to somebody": async (db) => {
      const { rowCount } = await db.query(
        "SELECT 1 FROM projects LEFT JOIN users ON users.id = projects.user_id WHERE users.id IS NULL LIMIT 1",
      );
      return rowCount === 0;
    },
  },

  shows: ["projects"],
});

/** What is still to be done, in words; empty where all of it was done before. */
async function whatLacks(db: RevisionDatabase): Promise<readonly string[]> {
  const there = await readColumns(db);
  const keys = await readForeignKeys(db);
  const { rows } = await db.query<{ readonly name: string }>(
    "SELECT relname AS name FROM pg_class JOIN pg_index ON indexrelid = pg_class.oid WHERE indrelid = to_regclass('projects')",
  );
  return [
    ...columns.filter(({ name }) => !there.has(name)).map(({ name }) => name),
    ...required.filter((name) => there.get(name)?.required === false).map((name) => `NOT NULL of ${name}`),
    ...columns
      .filter(({ name, rest }) => there.has(name) && rest !== "" && there.get(name)?.fallback !== "now()")
      .map(({ name }) => `default of ${name}`),
    ...foreignKeys.filter((wanted) => !keys.some((key) => isSame(key, wanted))).map(({ name }) => name),
    ...indexes.filter(({ name }) => !rows.some((row) => row.name === name)).map(({ name }) => name),
  ];
}

async function addColumns(db: RevisionDatabase): Promise<void> {
  const there = await readColumns(db);
  for (const { name, type, rest } of columns) {
    if (!there.has(name)) {
      db.log(`${name} is added`);
      await db.exec(`ALTER TABLE projects ADD COLUMN ${name} ${type} ${rest}`);
    } else {
      db.log(`${name} is there already`);
      if (rest !== "") await db.exec(`ALTER TABLE projects ALTER COLUMN ${name} SET ${rest}`);
    }
  }
}

/** One batch after the other, so that one sees how far it is; all of them are one transaction. */
async function giveToAdmin(db: RevisionDatabase): Promise<void> {
  const admin = await findAdmin(db);
  const total = await countProjects(db);
  for (let done = 0, last = 0; ; ) {
    const { rows } = await db.query<{ readonly id: number }>(
      `UPDATE projects
       SET user_id = coalesce(user_id, $1), created_at = coalesce(created_at, now()), updated_at = coalesce(updated_at, now())
       WHERE id IN (
         SELECT id FROM projects
         WHERE id > $2 AND (user_id IS NULL OR created_at IS NULL OR updated_at IS NULL) ORDER BY id LIMIT ${batch}
       )
       RETURNING id`,
      [admin?.id ?? null, last],
    );
    if (rows.length === 0) return;
    last = Math.max(...rows.map(({ id }) => id));
    done += rows.length;
    db.progress("Projects given away", done, total);
  }
}

/** One that was added by hand under another name, or with another rule, makes room for ours. */
async function addForeignKey(db: RevisionDatabase, wanted: (typeof foreignKeys)[number]): Promise<void> {
  const there = (await readForeignKeys(db)).filter((key) => key.column === wanted.column);
  for (const key of there.filter((key) => !isSame(key, wanted))) {
    db.log(`${key.name} is replaced`);
    await db.exec(`ALTER TABLE projects DROP CONSTRAINT ${key.quoted}`);
  }
  if (there.some((key) => isSame(key, wanted))) return db.log(`${wanted.name} is there already`);
  db.log(`${wanted.name} is added`);
  await db.exec(`ALTER TABLE projects ADD CONSTRAINT ${wanted.name} ${wanted.definition}`);
}

interface ForeignKey {
  readonly name: string;
  readonly quoted: string;
  readonly column: string;
  readonly definition: string;
}

function isSame(key: ForeignKey, wanted: { readonly name: string; readonly definition: string }): boolean {
  return key.name === wanted.name && key.definition === wanted.definition;
}

async function readForeignKeys(db: RevisionDatabase): Promise<readonly ForeignKey[]> {
  const { rows } = await db.query<ForeignKey>(
    `SELECT conname AS name, quote_ident(conname) AS quoted, attname AS column, pg_get_constraintdef(pg_constraint.oid) AS definition
     FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
     WHERE contype = 'f' AND conrelid = to_regclass('projects') AND array_length(conkey, 1) = 1`,
  );
  return rows;
}

interface ColumnThere {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly fallback: string | null;
}

async function readColumns(db: RevisionDatabase): Promise<ReadonlyMap<string, ColumnThere>> {
  const { rows } = await db.query<ColumnThere>(
    `SELECT attname AS name, format_type(atttypid, atttypmod) AS type, attnotnull AS required,
            pg_get_expr(adbin, adrelid) AS fallback
     FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
     WHERE attrelid = to_regclass('projects') AND attnum > 0 AND NOT attisdropped`,
  );
  return new Map(rows.map((row) => [row.name, row]));
}

/** The first superuser who may log in. */
async function findAdmin(db: RevisionDatabase): Promise<{ readonly id: number; readonly username: string } | null> {
  const { rows } = await db.query<{ readonly id: number; readonly username: string }>(
    "SELECT id, username FROM users WHERE is_superuser AND is_active AND status = 'active' ORDER BY id LIMIT 1",
  );
  return rows[0] ?? null;
}

/** Those that have no owner yet: all of them, unless somebody has added the column before. */
async function countProjects(db: RevisionDatabase): Promise<number> {
  const unowned = (await readColumns(db)).has("user_id") ? "WHERE user_id IS NULL" : "";
  const { rows } = await db.query<{ readonly count: number }>(
    `SELECT count(*)::integer AS count FROM projects ${unowned}`,
  );
  return rows[0]?.count ?? 0;
}
