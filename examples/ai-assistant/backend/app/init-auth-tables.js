/**
 * Makes a superuser. Called by scripts/init_auth_tables, once the tables are there.
 */
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { parseArgs } from "node:util";
import pg from "pg";
import { hashPassword } from "./passwords.js";
import { databaseUrl, SettingsError, variable } from "./settings.js";

const shortest = 8;
const uniqueViolation = "23505";

/** What the command line, the environment and .env say; a person at a terminal is asked for the rest. */
async function readAccount() {
  const { values } = parseArgs({ options: { username: { type: "string" }, email: { type: "string" } } });
  const username = values.username ?? variable("ADMIN_USERNAME") ?? (await askFor("Username", "admin"));
  const email = values.email ?? variable("ADMIN_EMAIL") ?? (await askFor("Email", ""));
  if (!/^[^@\s]+@[^@\s]+$/.test(email)) throw new SettingsError("That is no email address. No account was created.");
  return { username, email };
}

async function readPassword() {
  const file = variable("ADMIN_PASSWORD_FILE");
  const given = file === undefined ? variable("ADMIN_PASSWORD") : (await readFile(file, "utf8")).trimEnd();
  const password = given ?? (await askForPassword());
  if (password.length >= shortest) return password;
  throw new SettingsError(`A password needs ${shortest} characters or more. No account was created.`);
}

async function askFor(what, fallback) {
  mustBeTerminal();
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = (await terminal.question(fallback === "" ? `${what}: ` : `${what} [${fallback}]: `)).trim();
  terminal.close();
  return answer === "" ? fallback : answer;
}

/** Asks twice, and shows nothing of what is typed. */
async function askForPassword() {
  mustBeTerminal();
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: true });
  const answers = [];
  for (const question of ["Password: ", "Again: "]) {
    process.stdout.write(question);
    answers.push(await terminal.question(""));
    process.stdout.write("\n");
  }
  terminal.close();
  if (answers[0] === answers[1]) return answers[0];
  throw new SettingsError("The two passwords differ. No account was created.");
}

function mustBeTerminal() {
  if (process.stdin.isTTY) return;
  throw new SettingsError(
    "Nobody can be asked here: set ADMIN_USERNAME, ADMIN_EMAIL and ADMIN_PASSWORD (or ADMIN_PASSWORD_FILE). No account was created.",
  );
}

async function createSuperuser(client) {
  const there = await client.query(
    "SELECT username FROM users WHERE is_superuser AND is_active AND status = 'active' ORDER BY id LIMIT 1",
  );
  if (there.rows.length > 0) return `There is a superuser already: ${there.rows[0].username}. No account was created.`;
  const { username, email } = await readAccount();
  const hash = await hashPassword(await readPassword());
  try {
    await client.query(
      `INSERT INTO users (email, username, password_hash, status, is_superuser, is_active)
       VALUES ($1, $2, $3, 'active', true, true)`,
      [email, username, hash],
    );
  } catch (error) {
    if (error.code !== uniqueViolation) throw error;
    throw new SettingsError(`An account with this username or email exists already. No account was created.`);
  }
  return `Created the superuser ${username}.`;
}

let client;
try {
  client = new pg.Client({ connectionString: await databaseUrl() });
  await client.connect();
  console.log(await createSuperuser(client));
} catch (error) {
  // What has a code was said by the database, the system or Keelson; anything else is a mistake in this program.
  if (!(typeof error.code === "string" || error instanceof SettingsError)) throw error;
  const stopped = error.code === "ABORT_ERR";
  const told = stopped ? "stopped. No account was created." : [error.message, error.hint].filter(Boolean).join("\n");
  console.error(`${stopped ? "\n" : ""}scripts/init_auth_tables: ${told}`);
  process.exitCode = 1;
} finally {
  await client?.end();
}
