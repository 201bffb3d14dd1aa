/** The models as they were with the first revision, made of today's: what came later is taken out again. */
export function modelsAtFirst(today: string): string {
  return today
    .replace(/\nexport const userPreferences = [\s\S]*$/, "")
    .replace(/\nexport const taskStatus = .*\n/, "")
    .replace(/(updatedAt: .*\n) {4}status: .*\n/, "$1")
    .replace(/status: .*\.notNull\(\)\.default\("pending"\)/, "status: varchar({ length: 20 })")
    .replaceAll(/\.references\(\(\) => users\.id, \{ onDelete: "[\w ]+" \}\)/g, "")
    .replaceAll(/ {4}\/\/ As text: .*\n/g, "")
    .replaceAll(/ {4}check\([\s\S]*?`,?\s*\),\n/g, "");
}

/** The same with the guide's model of a preference, which has what the others have. */
export function withUserPreference(models: string, engine: "postgres" | "sqlite"): string {
  const [table, id, time] =
    engine === "postgres" ? ["pgTable", "serial", "timestamp"] : ["sqliteTable", "integer", "datetime"];
  return `${models}
export const userPreferences = ${table}(
  "user_preferences",
  {
    id: ${id}().primaryKey(),
    userId: integer("user_id"),
    preferenceKey: varchar("preference_key", { length: 100 }),
    preferenceValue: varchar("preference_value", { length: 255 }),
    createdAt: ${time}("created_at").$defaultFn(now),
  },
  (table) => [index("ix_user_preferences_id").on(table.id), index("ix_user_preferences_user_id").on(table.userId)],
);
`;
}
