import { bigint, index, jsonb, pgEnum, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";

export const auditAction = pgEnum("audit_action", ["insert", "update", "delete"]);

/**
 * Who changed which row, through which service; written by triggers only. The ids are no foreign keys: an entry stays as
 * it is when the account is gone.
 */
export const auditLog = pgTable(
  "audit_log",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    occurredAt: timestamp("occurred_at", { withTimezone: true }).notNull().defaultNow(),
    userId: uuid("user_id"),
    serviceName: text("service_name"),
    databaseUser: text("database_user").notNull(),
    tableName: text("table_name").notNull(),
    rowKey: text("row_key").notNull(),
    action: auditAction().notNull(),
    /** The whole row, without its password hash. */
    before: jsonb(),
    after: jsonb(),
  },
  (table) => [
    index("audit_log_row").on(table.tableName, table.rowKey),
    index("audit_log_user").on(table.userId),
    index("audit_log_time").using("brin", table.occurredAt),
  ],
);

/** When the password of an account changed; the hashes themselves are not kept. */
export const passwordChanges = pgTable(
  "password_changes",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    userId: uuid("user_id").notNull(),
    changedAt: timestamp("changed_at", { withTimezone: true }).notNull().defaultNow(),
    changedBy: uuid("changed_by"),
    serviceName: text("service_name"),
  },
  (table) => [index("password_changes_user").on(table.userId, table.changedAt)],
);
