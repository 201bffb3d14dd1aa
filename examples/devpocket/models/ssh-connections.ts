import { sql } from "drizzle-orm";
import { bigint, boolean, check, index, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { sessions } from "./sessions.ts";
import { sshProfiles } from "./ssh.ts";

/** One attempt to connect: what statistics and usage patterns of a profile are counted from. */
export const sshConnections = pgTable(
  "ssh_connections",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    sshProfileId: uuid("ssh_profile_id")
      .notNull()
      .references(() => sshProfiles.id, { onDelete: "cascade" }),
    sessionId: uuid("session_id").references(() => sessions.id, { onDelete: "set null" }),
    succeeded: boolean().notNull(),
    error: text(),
    bytesSent: bigint("bytes_sent", { mode: "number" }).notNull().default(0),
    bytesReceived: bigint("bytes_received", { mode: "number" }).notNull().default(0),
    connectedAt: timestamp("connected_at", { withTimezone: true }).notNull().defaultNow(),
    disconnectedAt: timestamp("disconnected_at", { withTimezone: true }),
  },
  (table) => [
    index("ssh_connections_profile").on(table.sshProfileId, table.connectedAt.desc()),
    index("ssh_connections_session").on(table.sessionId),
    check("ssh_connections_error_told", sql`${table.succeeded} OR ${table.error} IS NOT NULL`),
    check("ssh_connections_bytes_positive", sql`${table.bytesSent} >= 0 AND ${table.bytesReceived} >= 0`),
    check("ssh_connections_end_after_start", sql`${table.disconnectedAt} >= ${table.connectedAt}`),
  ],
);
