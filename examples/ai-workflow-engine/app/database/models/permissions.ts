import { sql } from "drizzle-orm";
import { bigint, check, index, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { roles, userRole } from "./roles.ts";
import { users } from "./users.ts";

/** What can be permitted, named after what it is about and what is done: `users.create`. */
export const permissions = pgTable(
  "permissions",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    name: text().notNull().unique(),
    description: text().notNull().default(""),
  },
  (table) => [check("permissions_name_check", sql`${table.name} ~ '^[a-z_]+[.][a-z_]+$'`)],
);

/** Which role has which permission. */
export const rolePermissions = pgTable(
  "role_permissions",
  {
    role: userRole()
      .notNull()
      .references(() => roles.name, { onDelete: "cascade" }),
    permissionId: bigint("permission_id", { mode: "number" })
      .notNull()
      .references(() => permissions.id, { onDelete: "cascade" }),
    grantedAt: timestamp("granted_at", { withTimezone: true }).notNull().defaultNow(),
    grantedBy: uuid("granted_by").references(() => users.id, { onDelete: "set null" }),
  },
  (table) => [
    primaryKey({ columns: [table.role, table.permissionId] }),
    index("role_permissions_permission").on(table.permissionId),
  ],
);
