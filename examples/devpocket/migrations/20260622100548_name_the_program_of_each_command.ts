// keelson
// id: f4905fc1fb43
// parents: d71d6b9b665e
// message: Name the program of each command
// created: 2026-06-22T10:05:48Z
// proof: up and down, PostgreSQL 18, sha256 808f6b796119ade9

import { defineRevision, type RevisionDatabase } from "keelson";

const batch = 10_000;

/** What a shell would start: the first word that is neither a variable nor sudo. */
const program = String.raw`coalesce((regexp_match(command, '^\s*(?:\w+=\S*\s+)*(?:sudo\s+)?(\S+)'))[1], btrim(command))`;

/** Sets the programs of all commands in batches of ids, and says how far it is. */
async function setPrograms(db: RevisionDatabase, message: string, value: string): Promise<void> {
  const { rows } = await db.query<{ readonly last: string; readonly total: string }>(
    "SELECT coalesce(max(id), 0)::text AS last, count(*)::text AS total FROM commands",
  );
  const last = Number(rows[0]?.last ?? 0);
  const total = Number(rows[0]?.total ?? 0);
  let done = 0;
  for (let first = 0; first < last; first += batch) {
    const { rowCount } = await db.query(`UPDATE commands SET program = ${value} WHERE id > $1 AND id <= $2`, [
      first,
      first + batch,
    ]);
    done += rowCount;
    db.progress(message, done, total);
  }
}

export default defineRevision({
  async fixture(db) {
    await db.exec(`
      INSERT INTO users (id, email, username, password_hash)
        VALUES ('00000000-0000-4000-8000-000000000001', 'ada@example.com', 'ada', '-');
      INSERT INTO sessions (id, user_id)
        VALUES ('00000000-0000-4000-8000-000000000002', '00000000-0000-4000-8000-000000000001');
      INSERT INTO commands (user_id, session_id, command)
        SELECT user_id, id, unnest(ARRAY['ls -la', '  sudo apt-get update', 'LANG=C sort names.txt'])
        FROM sessions WHERE id = '00000000-0000-4000-8000-000000000002'`);
  },

  up: (db) => setPrograms(db, "Naming programs", program),

  down: (db) => setPrograms(db, "Forgetting programs", "NULL"),

  verify: ["SELECT id FROM commands WHERE program IS NULL LIMIT 1"],
});
