import { sql } from "drizzle-orm";
import { check, index, inet, integer, jsonb, pgEnum, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { devices } from "./devices.ts";
import { sshProfiles } from "./ssh.ts";
import { users } from "./users.ts";

/** Where a session's shell runs. */
export const sessionType = pgEnum("session_type", ["local", "ssh"]);

/** One terminal, from opening to closing. */
export const sessions = pgTable(
  "sessions",
  {
    id: uuid().primaryKey().defaultRandom(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    deviceId: uuid("device_id").references(() => devices.id, { onDelete: "set null" }),
    sshProfileId: uuid("ssh_profile_id").references(() => sshProfiles.id, { onDelete: "set null" }),
    sessionType: sessionType("session_type").notNull().default("local"),
    name: text(),
    // What the connection was made with: the profile may have another address tomorrow.
    sshHost: text("ssh_host"),
    sshPort: integer("ssh_port"),
    sshUsername: text("ssh_username"),
    sshParameters: jsonb("ssh_parameters").notNull().default({}),
    terminalRows: integer("terminal_rows").notNull().default(24),
    terminalColumns: integer("terminal_columns").notNull().default(80),
    terminalType: text("terminal_type").notNull().default("xterm-256color"),
    clientAddress: inet("client_address"),
    startedAt: timestamp("started_at", { withTimezone: true }).notNull().defaultNow(),
    lastActivityAt: timestamp("last_activity_at", { withTimezone: true }).notNull().defaultNow(),
    endedAt: timestamp("ended_at", { withTimezone: true }),
    durationSeconds: integer("duration_seconds").generatedAlwaysAs(
      sql`(EXTRACT(EPOCH FROM ended_at - started_at))::integer`,
    ),
  },
  (table) => [
    index("sessions_user_started").on(table.userId, table.startedAt.desc()),
    index("sessions_device").on(table.deviceId),
    index("sessions_ssh_profile").on(table.sshProfileId),
    index("sessions_open").on(table.userId).where(sql`${table.endedAt} IS NULL`),
    check("sessions_terminal_rows_range", sql`${table.terminalRows} BETWEEN 1 AND 1000`),
    check("sessions_terminal_columns_range", sql`${table.terminalColumns} BETWEEN 1 AND 1000`),
    check(
      "sessions_ssh_address",
      sql`${table.sessionType} <> 'ssh' OR (${table.sshHost} IS NOT NULL AND ${table.sshUsername} IS NOT NULL)`,
    ),
    check("sessions_ssh_port_range", sql`${table.sshPort} BETWEEN 1 AND 65535`),
    check("sessions_end_after_start", sql`${table.endedAt} >= ${table.startedAt}`),
  ],
);
