import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  doublePrecision,
  index,
  integer,
  json,
  pgEnum,
  pgTable,
  serial,
  text,
  timestamp,
  unique,
  uniqueIndex,
  varchar,
} from "drizzle-orm/pg-core";

/** Set by the application, in UTC, as every time of Aurora is. */
const now = () => new Date();

export const taskStatus = pgEnum("task_status", ["pending", "running", "completed", "failed", "cancelled"]);

export const users = pgTable(
  "users",
  {
    id: serial().primaryKey(),
    username: varchar({ length: 50 }).notNull(),
    email: varchar({ length: 255 }).notNull(),
    hashedPassword: varchar("hashed_password", { length: 255 }).notNull(),
    fullName: varchar("full_name", { length: 255 }),
    isActive: boolean("is_active").$defaultFn(() => true),
    isSuperuser: boolean("is_superuser").$defaultFn(() => false),
    createdAt: timestamp("created_at").$defaultFn(now),
    updatedAt: timestamp("updated_at").$defaultFn(now).$onUpdateFn(now),
    status: varchar({ length: 20 }),
  },
  (table) => [
    index("ix_users_id").on(table.id),
    uniqueIndex("ix_users_username").on(table.username),
    uniqueIndex("ix_users_email").on(table.email),
  ],
);

export const synthesisTasks = pgTable(
  "synthesis_tasks",
  {
    id: serial().primaryKey(),
    userId: integer("user_id").references(() => users.id, { onDelete: "set null" }),
    prompt: text().notNull(),
    framework: varchar({ length: 50 }),
    status: taskStatus().notNull().default("pending"),
    resultData: json("result_data"),
    filesGenerated: json("files_generated"),
    errorMessage: text("error_message"),
    createdAt: timestamp("created_at").$defaultFn(now),
    completedAt: timestamp("completed_at"),
  },
  (table) => [
    index("ix_synthesis_tasks_id").on(table.id),
    index("ix_synthesis_tasks_user_id").on(table.userId),
    check("ck_synthesis_tasks_framework", sql`${table.framework} IN ('flask', 'function')`),
  ],
);

export const conversationHistory = pgTable(
  "conversation_history",
  {
    id: serial().primaryKey(),
    userId: integer("user_id").references(() => users.id, { onDelete: "cascade" }),
    sessionId: varchar("session_id", { length: 100 }),
    role: varchar({ length: 20 }),
    content: text().notNull(),
    extraData: json("extra_data"),
    createdAt: timestamp("created_at").$defaultFn(now),
  },
  (table) => [
    index("ix_conversation_history_id").on(table.id),
    index("ix_conversation_history_user_id").on(table.userId),
    index("ix_conversation_history_session_id").on(table.sessionId),
    check("ck_conversation_history_role", sql`${table.role} IN ('user', 'assistant', 'system')`),
  ],
);

export const systemMetrics = pgTable(
  "system_metrics",
  {
    id: serial().primaryKey(),
    metricType: varchar("metric_type", { length: 50 }),
    component: varchar({ length: 100 }),
    value: doublePrecision(),
    unit: varchar({ length: 20 }),
    status: varchar({ length: 20 }),
    extraData: json("extra_data"),
    createdAt: timestamp("created_at").$defaultFn(now),
  },
  (table) => [
    index("ix_system_metrics_id").on(table.id),
    index("ix_system_metrics_metric_type").on(table.metricType),
    index("ix_system_metrics_created_at").on(table.createdAt),
    check("ck_system_metrics_metric_type", sql`${table.metricType} IN ('cpu', 'memory', 'disk', 'service')`),
    check("ck_system_metrics_unit", sql`${table.unit} IN ('%', 'GB', 'MB', 'count')`),
    check("ck_system_metrics_status", sql`${table.status} IN ('healthy', 'warning', 'critical')`),
  ],
);

export const alerts = pgTable(
  "alerts",
  {
    id: serial().primaryKey(),
    severity: varchar({ length: 20 }),
    component: varchar({ length: 100 }),
    title: varchar({ length: 255 }).notNull(),
    message: text().notNull(),
    value: doublePrecision(),
    threshold: doublePrecision(),
    isResolved: boolean("is_resolved").$defaultFn(() => false),
    resolvedAt: timestamp("resolved_at"),
    createdAt: timestamp("created_at").$defaultFn(now),
  },
  (table) => [
    index("ix_alerts_id").on(table.id),
    index("ix_alerts_severity").on(table.severity),
    index("ix_alerts_component").on(table.component),
    index("ix_alerts_created_at").on(table.createdAt),
    check("ck_alerts_severity", sql`${table.severity} IN ('info', 'warning', 'critical')`),
  ],
);

export const auditLogs = pgTable(
  "audit_logs",
  {
    id: serial().primaryKey(),
    userId: integer("user_id").references(() => users.id, { onDelete: "set null" }),
    action: varchar({ length: 100 }).notNull(),
    resourceType: varchar("resource_type", { length: 50 }),
    resourceId: integer("resource_id"),
    details: json(),
    ipAddress: varchar("ip_address", { length: 45 }),
    userAgent: varchar("user_agent", { length: 255 }),
    status: varchar({ length: 20 }),
    createdAt: timestamp("created_at").$defaultFn(now),
  },
  (table) => [
    index("ix_audit_logs_id").on(table.id),
    index("ix_audit_logs_user_id").on(table.userId),
    index("ix_audit_logs_action").on(table.action),
    index("ix_audit_logs_created_at").on(table.createdAt),
    check("ck_audit_logs_status", sql`${table.status} IN ('success', 'failure')`),
  ],
);

export const userPreferences = pgTable(
  "user_preferences",
  {
    id: serial().primaryKey(),
    userId: integer("user_id").references(() => users.id, { onDelete: "cascade" }),
    preferenceKey: varchar("preference_key", { length: 100 }),
    preferenceValue: varchar("preference_value", { length: 255 }),
    createdAt: timestamp("created_at").$defaultFn(now),
  },
  (table) => [
    index("ix_user_preferences_id").on(table.id),
    index("ix_user_preferences_user_id").on(table.userId),
    unique("uq_user_preferences_user_id_preference_key").on(table.userId, table.preferenceKey),
  ],
);
