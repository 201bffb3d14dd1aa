/** A column: its type in the words of Aurora's guide, and whether it may be null. */
interface FirstColumn {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
}

/** A table of the revision that Alembic made. */
export interface FirstTable {
  readonly name: string;
  readonly columns: readonly FirstColumn[];
  /** The columns that have an index each, named `ix_TABLE_COLUMN`. */
  readonly indexes: readonly string[];
}

/** `!` after a type: not null. */
function table(name: string, columns: Readonly<Record<string, string>>, indexes: readonly string[]): FirstTable {
  return {
    name,
    columns: Object.entries(columns).map(([column, type]) => ({
      name: column,
      type: type.replace("!", ""),
      nullable: !type.endsWith("!"),
    })),
    indexes,
  };
}

/** The six tables of the guide, each column in its order. */
export const firstTables: readonly FirstTable[] = [
  table(
    "users",
    {
      id: "Integer!",
      username: "String(50)!",
      email: "String(255)!",
      hashed_password: "String(255)!",
      full_name: "String(255)",
      is_active: "Boolean",
      is_superuser: "Boolean",
      created_at: "DateTime",
      updated_at: "DateTime",
    },
    ["id", "username", "email"],
  ),
  table(
    "synthesis_tasks",
    {
      id: "Integer!",
      user_id: "Integer",
      prompt: "Text!",
      framework: "String(50)",
      status: "String(20)",
      result_data: "JSON",
      files_generated: "JSON",
      error_message: "Text",
      created_at: "DateTime",
      completed_at: "DateTime",
    },
    ["id", "user_id"],
  ),
  table(
    "conversation_history",
    {
      id: "Integer!",
      user_id: "Integer",
      session_id: "String(100)",
      role: "String(20)",
      content: "Text!",
      extra_data: "JSON",
      created_at: "DateTime",
    },
    ["id", "user_id", "session_id"],
  ),
  table(
    "system_metrics",
    {
      id: "Integer!",
      metric_type: "String(50)",
      component: "String(100)",
      value: "Float",
      unit: "String(20)",
      status: "String(20)",
      extra_data: "JSON",
      created_at: "DateTime",
    },
    ["id", "metric_type", "created_at"],
  ),
  table(
    "alerts",
    {
      id: "Integer!",
      severity: "String(20)",
      component: "String(100)",
      title: "String(255)!",
      message: "Text!",
      value: "Float",
      threshold: "Float",
      is_resolved: "Boolean",
      resolved_at: "DateTime",
      created_at: "DateTime",
    },
    ["id", "severity", "component", "created_at"],
  ),
  table(
    "audit_logs",
    {
      id: "Integer!",
      user_id: "Integer",
      action: "String(100)!",
      resource_type: "String(50)",
      resource_id: "Integer",
      details: "JSON",
      ip_address: "String(45)",
      user_agent: "String(255)",
      status: "String(20)",
      created_at: "DateTime",
    },
    ["id", "user_id", "action", "created_at"],
  ),
];

/** The nineteen indexes of the guide; those on names and addresses are unique. */
export const firstIndexes: readonly string[] = firstTables
  .flatMap(({ name, indexes }) => indexes.map((column) => `ix_${name}_${column}`))
  .sort();

/** The unique ones among them. */
export const firstUniqueIndexes: readonly string[] = ["ix_users_email", "ix_users_username"];

/** What SQLAlchemy makes of a type of the guide. */
const spellings = {
  postgres: {
    Integer: "integer",
    Boolean: "boolean",
    DateTime: "timestamp without time zone",
    JSON: "json",
    Float: "double precision",
    Text: "text",
  },
  sqlite: { Integer: "INTEGER", Boolean: "BOOLEAN", DateTime: "DATETIME", JSON: "JSON", Float: "FLOAT", Text: "TEXT" },
} as const;

/** A type of the guide as the engine's own catalog names it. */
export function typeOn(engine: "postgres" | "sqlite", type: string): string {
  const length = /^String\((\d+)\)$/.exec(type)?.[1];
  if (length !== undefined) return engine === "postgres" ? `character varying(${length})` : `VARCHAR(${length})`;
  const names: Readonly<Record<string, string>> = spellings[engine];
  return names[type] ?? type;
}

/** The statements of SQLAlchemy and Alembic for this schema, as `alembic upgrade 164468809966 --sql` prints them. */
export function madeByAlembic(engine: "postgres" | "sqlite"): string {
  const tables = firstTables.map(({ name, columns, indexes }) => {
    const lines = columns.map((column) => {
      const type = column.name === "id" && engine === "postgres" ? "SERIAL" : typeOn(engine, column.type);
      return `  ${column.name} ${type}${column.nullable ? "" : " NOT NULL"}`;
    });
    const made = indexes.map((column) => {
      const index = `ix_${name}_${column}`;
      return `CREATE ${firstUniqueIndexes.includes(index) ? "UNIQUE " : ""}INDEX ${index} ON ${name} (${column});`;
    });
    return [`CREATE TABLE ${name} (\n${[...lines, "  PRIMARY KEY (id)"].join(",\n")}\n);`, ...made].join("\n");
  });
  return [
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num));",
    ...tables,
    "INSERT INTO alembic_version (version_num) VALUES ('164468809966');",
  ].join("\n");
}
