import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Shows the whole job on the embedded database: models, a proven revision, apply, status, plan, a changed model, the next
 * revision, back again. Every command is run as it is printed; one that ends otherwise than the story says ends the demo
 * with a failure.
 */
const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, ".keelson", "demo");
const shown = relative(root, folder);

/** The demo is about the embedded default, whatever database the surroundings name. */
const environment: NodeJS.ProcessEnv = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(MIGRATION_)?DATABASE_|^KEELSON_(?!CACHE$)|^APP_REPOSITORY_/.test(name),
  ),
);

function say(...lines: readonly string[]): void {
  console.log(`\n${lines.join("\n")}`);
}

function run(command: string, expected = 0): void {
  console.log(`\n$ ${command}`);
  const { status } = spawnSync(command, {
    cwd: folder,
    env: { ...environment, npm_config_loglevel: "error" },
    shell: true,
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (status === expected) return;
  console.error(`\nThe demo expected exit code ${expected} and got ${status}.`);
  process.exit(1);
}

function revisionFile(slug: string): string {
  const name = readdirSync(join(folder, "migrations")).find((file) => file.endsWith(`_${slug}.sql`));
  if (name !== undefined) return join("migrations", name);
  console.error(`\nThe demo found no revision ${slug}.`);
  process.exit(1);
}

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

const models = `import { bigint, index, pgEnum, pgTable, text, timestamp } from "drizzle-orm/pg-core";

export const role = pgEnum("role", ["author", "editor"]);

export const users = pgTable("users", {
  id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
  mail: text().notNull().unique(),
  role: role().notNull().default("author"),
});

export const articles = pgTable(
  "articles",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    author: bigint({ mode: "number" }).notNull().references(() => users.id, { onDelete: "cascade" }),
    title: text().notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index("articles_author").on(table.author)],
);
`;

const started = performance.now();
rmSync(folder, { recursive: true, force: true });
write("models/schema.ts", models);
// As npm would install it, only that the package is this repository.
mkdirSync(join(folder, "node_modules", ".bin"), { recursive: true });
symlinkSync(root, join(folder, "node_modules", "keelson"));
symlinkSync("../keelson/dist/cli/main.js", join(folder, "node_modules", ".bin", "keelson"));

say(
  `A small publisher declares its schema in Drizzle models. They are in ${shown} now.`,
  "No database is configured, so Keelson uses the PostgreSQL that it carries with it.",
);
run("cat models/schema.ts");
run("npx keelson init");

say("Write the revision that gets a database there. It is run up and down on a scratch database before it is written:");
run('npx keelson create "users and articles"');
run(`cat ${revisionFile("users_and_articles")}`);
run("npx keelson upgrade");
run("npx keelson status");

say("The models change: mail is called email from now on, users get a name, and articles a state.");
const changed = models
  .replace(
    "  mail: text().notNull().unique(),\n",
    '  email: text().notNull().unique(),\n  name: text().notNull().default(""),\n',
  )
  .replace(
    "    createdAt:",
    '    state: text({ enum: ["draft", "published"] }).notNull().default("draft"),\n    createdAt:',
  );
write("models/schema.ts", changed);

say("A pipeline would notice that a revision is missing:");
run("npx keelson create --check", 2);

say("Was mail renamed, or dropped? Two schemas can't tell, so somebody has to:");
run('npx keelson create "names and states"', 7);
run("npx keelson plan models --rename users.mail:users.email");
run('npx keelson create "names and states" --rename users.mail:users.email');
run("npx keelson upgrade");
run(String.raw`npx keelson db shell -c "\d users"`);

say("Back by one revision, and forward again:");
run("npx keelson downgrade --yes");
run("npx keelson plan");
run("npx keelson upgrade");

say("The gate: models and history agree, everything is applied and proven, and nobody changed the database by hand.");
run("npx keelson check");

say(
  `That was all, in ${Math.round((performance.now() - started) / 1000)} s. To go on by yourself:`,
  "",
  `  cd ${shown}`,
  "  npx keelson status",
  "  (change models/schema.ts)",
  '  npx keelson create "your own change"',
  "  npx keelson upgrade",
  "  npx keelson --help",
  "",
  "With DATABASE_URL=postgres://... the same commands work on your server. docs/guides/getting-started.md goes on from here.",
);
