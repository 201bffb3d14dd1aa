import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  text,
  timestamp,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { systemPrompts } from "./system-prompts.ts";
import { templates } from "./templates.ts";
import { users } from "./users.ts";

export const conversationStatus = pgEnum("conversation_status", ["open", "archived"]);
export const messageRole = pgEnum("message_role", ["system", "user", "assistant", "tool"]);

/** A talk of one user with the engine. */
export const conversations = pgTable(
  "conversations",
  {
    id: uuid().primaryKey().defaultRandom(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    title: text().notNull().default(""),
    status: conversationStatus().notNull().default("open"),
    templateId: uuid("template_id").references(() => templates.id, { onDelete: "set null" }),
    systemPromptId: uuid("system_prompt_id").references(() => systemPrompts.id, { onDelete: "restrict" }),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    index("conversations_user").on(table.userId, table.updatedAt.desc()),
    index("conversations_template").on(table.templateId),
    index("conversations_system_prompt").on(table.systemPromptId),
  ],
);

/** What was said, in order. */
export const messages = pgTable(
  "messages",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    conversationId: uuid("conversation_id")
      .notNull()
      .references(() => conversations.id, { onDelete: "cascade" }),
    position: integer().notNull(),
    role: messageRole().notNull(),
    content: text().notNull(),
    tokens: integer(),
    details: jsonb().notNull().default({}),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    unique("messages_conversation_position").on(table.conversationId, table.position),
    check("messages_position_check", sql`${table.position} >= 0`),
    check("messages_tokens_check", sql`${table.tokens} >= 0`),
  ],
);
