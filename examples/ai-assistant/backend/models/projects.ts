import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import { users } from "./accounts.ts";
import { roles } from "./assistants.ts";

/** What people work on: each project belongs to one person, who may have chosen an assistant for it. */
export const projects = pgTable(
  "projects",
  {
    id: integer().primaryKey().generatedByDefaultAsIdentity(),
    name: text().notNull(),
    description: text().notNull().default(""),
    userId: integer("user_id")
      .notNull()
      .references(() => users.id),
    assistantId: integer("assistant_id").references(() => roles.id, { onDelete: "set null" }),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    index("projects_user_id_created_at_index").on(
      table.userId,
      table.createdAt.desc().nullsFirst(),
      table.id.desc().nullsFirst(),
    ),
    index("projects_assistant_id_index").on(table.assistantId),
    check("projects_name_check", sql`${table.name} <> ''`),
  ],
);
