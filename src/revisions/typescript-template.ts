/**
 * What stands below the header of a new revision in TypeScript: every part with a comment on what it is for, ready to be
 * loaded, and refusing to run until somebody has written its change.
 */
export const typescriptTemplate = `import { defineRevision } from "keelson";

/*
 * Each part gets the database as \`db\`: db.query(sql, [parameters]), db.exec(sql), db.hasTable(table),
 * db.hasColumn(table, column), db.log(message), db.progress(message, done, total). Await every call.
 * Remove the parts that you don't need; only \`up\` is required. Without a \`down\`, add to the header: // reversible: no
 */
export default defineRevision({
  // Is there anything to do? If not, the revision is recorded as applied, and nothing below runs. For example:
  // async needed(db) { return !(await db.hasColumn("projects", "user_id")); },
  async needed() {
    return true;
  },

  // What must hold before anything is changed. A check returns true, or a text that says what is wrong.
  preflight: {
    // "an admin exists": async (db) => {
    //   const { rows } = await db.query("SELECT 1 FROM users WHERE is_superuser = $1", [true]);
    //   return rows.length > 0 || "Create one first.";
    // },
  },

  // Asked before the change; --yes answers it. A function may look at the database first, and return null not to ask.
  // confirm: "Give all projects to the admin?",

  // Rows for the proof, on a scratch database whose tables are empty. Never runs anywhere else. For example:
  // async fixture(db) { await db.exec("INSERT INTO users VALUES (1, 'admin', true)"); },
  async fixture() {},

  // The change. It runs in one transaction with everything that follows: an error undoes all of it.
  async up(db) {
    db.log("What is done now");
    throw new Error("up is still to be written");
  },

  // Takes back what up did.
  async down(db) {
    db.log("What is taken back now");
    throw new Error("down is still to be written");
  },

  // What must hold before the change is committed: queries that must return no rows, or checks as in preflight.
  verify: [],

  // Tables whose structure is shown at the end.
  shows: [],
});
`;
