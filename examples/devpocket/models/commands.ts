import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";
import { sessions } from "./sessions.ts";
import { users } from "./users.ts";

/** How far a command is, or how it ended. */
export const commandStatus = pgEnum("command_status", ["running", "succeeded", "failed", "cancelled"]);

/** A line that was typed, or taken from the assistant, and what came of it. */
export const commands = pgTable(
  "commands",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    sessionId: uuid("session_id")
      .notNull()
      .references(() => sessions.id, { onDelete: "cascade" }),
    command: text().notNull(),
    program: text(),
    status: commandStatus().notNull().default("running"),
    output: text(),
    errorOutput: text("error_output"),
    exitCode: integer("exit_code"),
    executionMs: integer("execution_ms"),
    workingDirectory: text("working_directory"),
    environment: jsonb().notNull().default({}),
    isAiSuggested: boolean("is_ai_suggested").notNull().default(false),
    aiPrompt: text("ai_prompt"),
    aiExplanation: text("ai_explanation"),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    index("commands_user_created").on(table.userId, table.createdAt.desc()),
    index("commands_program").on(table.userId, table.program),
    index("commands_session").on(table.sessionId, table.id),
    index("commands_failed").on(table.userId, table.createdAt.desc()).where(sql`${table.status} = 'failed'`),
    check("commands_not_blank", sql`btrim(${table.command}) <> ''`),
    check("commands_exit_code_range", sql`${table.exitCode} BETWEEN 0 AND 255`),
    check("commands_execution_positive", sql`${table.executionMs} >= 0`),
    check("commands_end_known", sql`${table.status} NOT IN ('succeeded', 'failed') OR ${table.exitCode} IS NOT NULL`),
    check("commands_prompt_suggested", sql`${table.aiPrompt} IS NULL OR ${table.isAiSuggested}`),
  ],
);
