import { expect } from "vitest";
import { freshDatabase } from "../../support/postgres.ts";
import { type Example, rows } from "./example.ts";

/** Fills users, runs the revision that names the scheme of their hashes there and back, and goes back before moderators. */
export async function schemesThereAndBack(example: Example, users: number): Promise<void> {
  const url = await freshDatabase();
  const before = await example.revision("Add email_verified and password_scheme columns to users");
  expect(await example.keelson(`upgrade ${before}`, url)).toMatchObject({ code: 0 });
  await rows(
    url,
    `INSERT INTO users (email, password_hash, role)
     SELECT 'user' || n || '@example.com',
            CASE n % 4 WHEN 0 THEN '$2b$12$' WHEN 1 THEN '$argon2id$v=19$' WHEN 2 THEN '$2y$10$' ELSE '$5$' END || n,
            CASE n % 10 WHEN 0 THEN 'moderator' ELSE 'user' END::user_role
     FROM generate_series(1, ${users}) n`,
  );
  const schemes = () => rows(url, "SELECT password_scheme::text, count(*)::int FROM users GROUP BY 1 ORDER BY 1");
  const noted = "SELECT count(*)::int FROM audit_log WHERE service_name = 'migration' AND table_name = 'users'";
  expect(await schemes()).toEqual([["unknown", users]]);
  const up = await example.keelson("upgrade", url);
  expect(up.code, up.stderr).toBe(0);
  expect(await schemes()).toEqual([
    ["argon2id", users / 4],
    ["bcrypt", users / 2],
    ["unknown", users / 4],
  ]);
  const wrong = "password_scheme = 'argon2id' AND password_hash NOT LIKE '$argon2id$%'";
  expect(await rows(url, `SELECT id FROM users WHERE ${wrong}`)).toEqual([]);
  expect(await rows(url, noted)).toEqual([[(users / 4) * 3]]);
  const down = await example.keelson(`downgrade ${before} --yes`, url);
  expect(down.code, down.stderr).toBe(0);
  expect(await schemes()).toEqual([["unknown", users]]);
  expect(await rows(url, noted)).toEqual([[(users / 4) * 6]]);

  // Before the enum had moderators: who was one is a user, and nobody is lost.
  const preferences = await example.revision("Add user preferences table");
  const further = await example.keelson(`downgrade ${preferences} --yes`, url);
  expect(further.code, further.stderr).toBe(0);
  expect(await rows(url, "SELECT role::text, count(*)::int FROM users GROUP BY 1")).toEqual([["user", users]]);
  expect(await rows(url, "SELECT unnest(enum_range(NULL::user_role))::text")).toEqual([["admin"], ["user"]]);
}
