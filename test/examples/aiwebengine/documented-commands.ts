/** A command as the migrations guide of AIWebEngine prints it, and what must come of it. */
export interface DocumentedCommand {
  readonly run: string;
  /** The exit code; 0 unless told. */
  readonly code?: number;
  /** What its output must show. */
  readonly shows?: RegExp;
  /** What is typed at its prompt. */
  readonly typed?: string;
}

/** Something that the guide leaves to the reader between two commands. */
export interface ByHand {
  readonly byHand: HandWork;
}

/** What a reader of the guide does with an editor. */
export type HandWork =
  | "drop the drafts"
  | "edit the reverted revision"
  | "put the edited revision back"
  | "write a failing revision"
  | "correct the failing revision"
  | "drop the failing revision"
  | "write my_feature"
  | "begin a repository";

/** A section of the guide: its commands in order, in one shell. */
export interface Section {
  readonly title: string;
  /** Variables that the section takes for granted. */
  readonly secrets?: readonly ("DATABASE_URL" | "APP_REPOSITORY__DATABASE_URL")[];
  readonly steps: readonly (DocumentedCommand | ByHand)[];
}

const devUrl = 'export DATABASE_URL="postgresql://aiwebengine:devpassword@localhost:5432/aiwebengine"';
/** The revision before the newest, and the newest. */
const lastButOne = /read levels from log lines/;
const newest = /find what went wrong/;
const installTool = "cargo install sqlx-cli --no-default-features --features postgres";

/** Every command of the guide, in its order. */
export const sections: readonly Section[] = [
  {
    title: "Installation",
    steps: [
      { run: installTool, shows: /added \d+ package/ },
      { run: "sqlx --version", shows: /^\d+\.\d+\.\d+/m },
      { run: "docker-compose -f docker-compose.local.yml up -d postgres-dev", shows: /PostgreSQL 15/ },
      { run: "docker-compose up -d postgres", shows: /PostgreSQL 15/ },
    ],
  },
  {
    title: "Configuration",
    steps: [
      { run: devUrl },
      { run: 'export DATABASE_URL="postgresql://aiwebengine:your-password@localhost:5432/aiwebengine"' },
      { run: `echo 'DATABASE_URL="postgresql://aiwebengine:devpassword@localhost:5432/aiwebengine"' >> .env` },
    ],
  },
  {
    title: "Using the database helper script",
    steps: [
      { run: "chmod +x scripts/db.sh" },
      {
        run: "./scripts/db.sh --help",
        shows: /psql[\s\S]*migrate-run[\s\S]*migrate-info[\s\S]*migrate-revert[\s\S]*backup[\s\S]*--prod/,
      },
      { run: "./scripts/db.sh psql", typed: "SELECT current_database();\n\\q\n", shows: /aiwebengine/ },
      { run: "./scripts/db.sh migrate-run", shows: /create_scripts|create scripts/ },
      { run: "./scripts/db.sh migrate-info", shows: /create.sessions/ },
      { run: "./scripts/db.sh backup backup.sql", code: 1, shows: /no backup was made.*later release/ },
    ],
  },
  {
    title: "Running migrations, with the helper script",
    secrets: ["APP_REPOSITORY__DATABASE_URL"],
    steps: [
      { run: "./scripts/db.sh migrate-run" },
      { run: "./scripts/db.sh migrate-info" },
      { run: "./scripts/db.sh migrate-revert", shows: newest },
      { run: "./scripts/db.sh --prod migrate-run", shows: newest },
    ],
  },
  {
    title: "Running migrations, by hand",
    steps: [
      { run: devUrl },
      { run: "sqlx migrate info", shows: /find what went wrong \(pending\)/ },
      { run: "sqlx migrate run", shows: newest },
      { run: "sqlx migrate revert", shows: newest },
    ],
  },
  {
    title: "Creating new migrations",
    steps: [
      { run: "sqlx migrate add <name>", shows: /\d{14}_add_notes\.sql/ },
      { run: "sqlx migrate add create_users_table", shows: /\d{14}_create_users_table\.sql/ },
      { byHand: "drop the drafts" },
    ],
  },
  {
    title: "Testing migrations",
    steps: [
      { run: './scripts/db.sh psql -c "CREATE DATABASE aiwebengine_test;"' },
      { run: 'export DATABASE_URL="postgresql://aiwebengine:devpassword@localhost:5432/aiwebengine_test"' },
      { run: "sqlx migrate run", shows: /20241024000005[\s\S]*find what went wrong/ },
      {
        run: String.raw`./scripts/db.sh psql -d aiwebengine_test -c "\dt"`,
        shows: /assets[\s\S]*logs[\s\S]*scripts[\s\S]*sessions[\s\S]*users/,
      },
      {
        run: String.raw`./scripts/db.sh psql -d aiwebengine_test -c "\d scripts"`,
        shows:
          /id[\s\S]*uuid[\s\S]*uri[\s\S]*text[\s\S]*initialized[\s\S]*boolean[\s\S]*last_init_time[\s\S]*time zone/,
      },
      { run: './scripts/db.sh psql -c "DROP DATABASE aiwebengine_test;"' },
    ],
  },
  {
    title: "Revert and retry",
    steps: [
      { run: "sqlx migrate revert", shows: lastButOne },
      { byHand: "edit the reverted revision" },
      { run: "sqlx migrate run", shows: /read levels from log lines[\s\S]*find what went wrong/ },
    ],
  },
  {
    title: "Test rollbacks",
    steps: [{ run: "sqlx migrate run" }, { run: "sqlx migrate revert", shows: newest }],
  },
  {
    title: "Troubleshooting",
    steps: [
      { byHand: "write a failing revision" },
      { run: "sqlx migrate run", code: 6, shows: /no_such_table/ },
      { run: "sqlx migrate info", shows: /20990101000000/ },
      { run: "docker-compose logs postgres", shows: /PostgreSQL 15/ },
      { run: 'psql aiwebengine -c "SELECT * FROM _sqlx_migrations;"', shows: /20241024000004/ },
      { run: "SELECT * FROM _sqlx_migrations WHERE success = false;", shows: /20990101000000/ },
      { byHand: "correct the failing revision" },
      { run: "DELETE FROM _sqlx_migrations WHERE version = <failed_version>;", shows: /20990101000000/ },
      { byHand: "drop the failing revision" },
    ],
  },
  {
    title: "Reset database",
    steps: [
      { byHand: "put the edited revision back" },
      { run: "dropdb aiwebengine" },
      { run: "createdb aiwebengine" },
      { run: "sqlx migrate run", shows: /20241024000001[\s\S]*find what went wrong/ },
    ],
  },
  {
    title: "CI/CD integration",
    secrets: ["DATABASE_URL"],
    steps: [
      {
        run: "sqlx migrate info --database-url $DATABASE_URL",
        shows: /Pending migrations: 0[\s\S]*find what went wrong/,
      },
      { run: "sqlx migrate run --database-url $DATABASE_URL" },
      { run: installTool },
      { run: "sqlx migrate run" },
    ],
  },
  {
    title: "Compile-time verification",
    steps: [{ run: "cargo sqlx prepare" }, { run: "git add .sqlx" }],
  },
  {
    title: "Production workflow",
    steps: [
      { byHand: "begin a repository" },
      { run: "sqlx migrate add my_feature", shows: /\d{14}_my_feature\.sql/ },
      { byHand: "write my_feature" },
      { run: "sqlx migrate run", shows: /my.feature/ },
      { run: "sqlx migrate run" },
      { run: "sqlx migrate revert", shows: /my.feature/ },
      { run: "sqlx migrate run", shows: /my.feature/ },
      { run: "git add migrations/" },
      { run: 'git commit -m "Add my_feature migration"', shows: /my_feature\.sql/ },
      { run: 'export DATABASE_URL="postgresql://user:pass@staging-db/aiwebengine"' },
      { run: "sqlx migrate run", shows: /20241024000001[\s\S]*my.feature/ },
      { run: "pg_dump -Fc aiwebengine > backup_$(date +%Y%m%d_%H%M%S).dump", code: 1, shows: /later release/ },
      { run: 'export DATABASE_URL="postgresql://user:pass@prod-db/aiwebengine"' },
      { run: "sqlx migrate run", shows: /my.feature/ },
    ],
  },
];
