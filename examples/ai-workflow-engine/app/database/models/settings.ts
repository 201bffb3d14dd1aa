import { sql } from "drizzle-orm";
import { check, jsonb, pgTable, text, timestamp } from "drizzle-orm/pg-core";

/** What an administrator may change while the engine runs, by dotted key. */
export const systemSettings = pgTable(
  "system_settings",
  {
    key: text().primaryKey(),
    value: jsonb().notNull(),
    description: text().notNull().default(""),
    updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [check("system_settings_key_check", sql`${table.key} ~ '^[a-z_]+([.][a-z_]+)*$'`)],
);
