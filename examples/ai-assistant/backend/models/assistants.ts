import { sql } from "drizzle-orm";
import { boolean, check, integer, numeric, pgTable, text } from "drizzle-orm/pg-core";

/** The assistants that people talk to; the application has always called them roles. */
export const roles = pgTable(
  "roles",
  {
    id: integer().primaryKey().generatedByDefaultAsIdentity(),
    name: text().notNull().unique(),
    description: text().notNull().default(""),
    systemPrompt: text("system_prompt").notNull(),
    model: text().notNull().default("default"),
    temperature: numeric({ precision: 3, scale: 2 }).notNull().default("0.70"),
    isActive: boolean("is_active").notNull().default(true),
  },
  (table) => [
    check("roles_name_check", sql`${table.name} <> ''`),
    check("roles_temperature_check", sql`${table.temperature} between 0 and 2`),
  ],
);
