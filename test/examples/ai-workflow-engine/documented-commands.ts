/** A command of the page, exactly as it stands there, and what must be true of it. */
export interface DocumentedCommand {
  readonly run: string;
  /** The exit code; 0 unless told. */
  readonly code?: number;
  /** What the line and its output must match. */
  readonly shows?: RegExp;
  /** The whole standard output, where the page has it. */
  readonly prints?: string;
}

/** What a reader of the page does at this place. */
export interface ByHand {
  readonly byHand: HandWork;
}

/** The kinds of hand work between the commands. */
export type HandWork =
  | "begin where the examples begin"
  | "change a model"
  | "write the model of user_sessions"
  | "give users email_verified"
  | "give users an index on email"
  | "write the model of audit_log"
  | "have two heads"
  | "change the schema behind Keelson's back";

/** One section of the page: its commands in order, in one shell. */
export interface Section {
  readonly title: string;
  /** Variables that the section takes for granted. */
  readonly secrets?: readonly ("POSTGRES_PASSWORD" | "DATABASE_URL")[];
  readonly steps: readonly (DocumentedCommand | ByHand)[];
}

const generated = (message: string): string => `INFO: Ensuring api and database services are running...
INFO: Waiting for the 'api' service to be healthy...
SUCCESS: ✅ Service 'api' is healthy.
INFO: Generating Alembic migration: "${message}"
SUCCESS: ✅ Successfully created new migration file.
`;

const generate = (message: string): DocumentedCommand => ({
  run: `./scripts/_generate_migration.sh "${message}"`,
  prints: generated(message),
  shows: /Proven up and down on PostgreSQL/,
});

/** Every command of the page, in its order. */
export const sections: readonly Section[] = [
  {
    title: "scripts/_generate_migration.sh",
    steps: [
      { byHand: "begin where the examples begin" },
      { byHand: "change a model" },
      generate("Migration message"),
      { byHand: "write the model of user_sessions" },
      generate("Add user_sessions table"),
      { byHand: "give users email_verified" },
      generate("Add email_verified column to users"),
      { byHand: "give users an index on email" },
      generate("Add index on users.email"),
      { byHand: "write the model of audit_log" },
      generate("Add audit_log table"),
    ],
  },
  {
    title: "Process flow",
    steps: [
      {
        run: "docker compose up -d --no-deps api pgbouncer postgres redis qdrant",
        shows: /postgres +running[\s\S]*api +running .*healthy/,
      },
      { byHand: "change a model" },
      {
        run: 'docker compose exec -e DATABASE_URL=$DB_URL api alembic revision --autogenerate -m "message"',
        shows: /[0-9a-f]{12} {2}message[\s\S]*Proven up and down/,
      },
      { run: "docker compose logs api", shows: /Listening on http/ },
    ],
  },
  {
    title: "scripts/_generate_migration_with_password.sh",
    secrets: ["POSTGRES_PASSWORD"],
    steps: [
      { byHand: "change a model" },
      {
        run: './scripts/_generate_migration_with_password.sh "Migration message"',
        shows: /The password passed the checks[\s\S]*No backup is made[\s\S]*Successfully created new migration file/,
      },
    ],
  },
  {
    title: "scripts/run_migrations",
    steps: [{ run: "python ./scripts/run_migrations.py", shows: /Add audit_log table[\s\S]*Applied 7 revisions/ }],
  },
  {
    title: "scripts/migrate_check",
    steps: [
      {
        run: "python ./scripts/migrate_check.py",
        shows:
          /^Current database revision: [0-9a-f]{12}\nPending migrations: 0\n\nMigration history:\n✅ initial migration \(\d{4}-\d\d-\d\d\)$/m,
      },
    ],
  },
  {
    title: "Accounts, seeding and passwords",
    steps: [
      { run: "./scripts/create_admin.sh" },
      {
        run: "until PGPASSWORD=$POSTGRES_PASSWORD psql ... -c '\\q'; do sleep 1; done",
        shows: /PostgreSQL 15/,
      },
      { run: "./scripts/create_admin_clean.sh" },
      { run: "python ./scripts/seed_initial_data.py" },
      { run: "python ./scripts/populate_system_prompts.py" },
      { run: "python ./scripts/convert_user_passwords.py" },
      { run: "python ./scripts/migrate_user_passwords.py" },
      { run: "./scripts/migrate_user_passwords.sh" },
      { run: "./scripts/fix_database_users.sh" },
    ],
  },
  {
    title: "Development workflow",
    steps: [
      { byHand: "change a model" },
      generate("Add new feature"),
      { run: "./run.sh --soft-reset", shows: /Pending migrations: 0[\s\S]*✅ Add new feature/ },
    ],
  },
  {
    title: "Production deployment",
    steps: [{ byHand: "change a model" }, generate("Production feature")],
  },
  {
    title: "Production deployment, on the server there",
    secrets: ["DATABASE_URL"],
    steps: [
      {
        run: "python ./scripts/migrate_check.py",
        shows:
          /Pending migrations: \d+\n[\s\S]*- [0-9a-f]{12}: Production feature[\s\S]*⏳ Production feature \(pending\)/,
      },
      { run: "python ./scripts/run_migrations.py", shows: /Applied \d+ revisions.*Production feature/ },
      { run: "python ./scripts/migrate_check.py", shows: /Pending migrations: 0[\s\S]*✅ Production feature \(/ },
    ],
  },
  {
    title: "Common issues and solutions",
    steps: [
      { run: 'python -c "from shared.database.models import *"', shows: /users\.ts/ },
      { run: "docker compose logs api", shows: /Listening/ },
      { run: "docker compose restart api", shows: /api +stopped[\s\S]*api +running .*healthy/ },
      { run: "docker compose ps postgres", shows: /postgres +running +postgresql:\/\/ai_workflow@127\.0\.0\.1/ },
      { run: "cat secrets/postgres_password.txt", shows: /^[\w-]{20,}$/m },
      { byHand: "have two heads" },
      { run: "alembic merge <revision1> <revision2>", shows: /builds on [0-9a-f]{12} and [0-9a-f]{12}/ },
      { byHand: "change the schema behind Keelson's back" },
      { run: "./run.sh --reset", shows: /✓ Done[\s\S]*api +running .*healthy/ },
    ],
  },
];
