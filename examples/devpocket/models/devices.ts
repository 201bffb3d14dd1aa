import { index, jsonb, pgEnum, pgTable, text, timestamp, unique, uuid } from "drizzle-orm/pg-core";
import { users } from "./users.ts";

/** What kind of machine somebody works at. */
export const deviceType = pgEnum("device_type", ["desktop", "laptop", "phone", "tablet", "web"]);

/** A machine that a user has DevPocket on. */
export const devices = pgTable(
  "devices",
  {
    id: uuid().primaryKey().defaultRandom(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    installation: text().notNull(),
    name: text().notNull(),
    deviceType: deviceType("device_type").notNull(),
    platform: text().notNull(),
    appVersion: text("app_version"),
    metadata: jsonb().notNull().default({}),
    lastSeenAt: timestamp("last_seen_at", { withTimezone: true }),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    unique("devices_user_installation_unique").on(table.userId, table.installation),
    index("devices_last_seen").on(table.userId, table.lastSeenAt.desc()),
  ],
);
