/** The text of a first model file, in Drizzle's words for the kind of database that a URL names. */
export function firstModel(url: string | undefined): string {
  return url !== undefined && /^sqlite/i.test(url) ? sqlite : postgres;
}

const head = `// What the database is to look like. Any number of files in this folder may declare tables, enums, views and more:
// https://orm.drizzle.team/docs/sql-schema-declaration
// After a change: keelson create "what changed", then keelson upgrade.
`;

const postgres = `import { bigint, pgTable, text, timestamp } from "drizzle-orm/pg-core";

${head}
export const users = pgTable("users", {
  id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
  email: text().notNull().unique(),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
});
`;

const sqlite = `import { sql } from "drizzle-orm";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

${head}
export const users = sqliteTable("users", {
  id: integer().primaryKey(),
  email: text().notNull().unique(),
  createdAt: text("created_at").notNull().default(sql\`CURRENT_TIMESTAMP\`),
});
`;
