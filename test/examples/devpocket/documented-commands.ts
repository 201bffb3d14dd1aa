/** A command as DevPocket's database guide prints it, and what must come of it. */
export interface DocumentedCommand {
  readonly run: string;
  /** The exit code; 0 unless told. */
  readonly code?: number;
  /** What its output must show. */
  readonly shows?: RegExp;
  /** Run on a terminal, where somebody answers its question with yes. */
  readonly answersYes?: true;
  /** Not run: it does what that other command of the guide does, which is. */
  readonly sameAs?: string;
  /** Not run: it runs one suite, as that other command does with another; both suites run in the command for all of them. */
  readonly likeSuite?: string;
}

/** Something that the guide leaves to the reader between two commands. */
export interface ByHand {
  readonly byHand: HandWork;
}

/** What a reader of the guide does with an editor. */
export type HandWork = "declare the preferences" | "drop the preferences";

/** A section of the guide: its commands in order, in one shell. */
export interface Section {
  readonly title: string;
  /** The database that DATABASE_URL names; none where the commands name a file of variables. */
  readonly database?: "devpocket_warp_dev" | "permissions";
  readonly steps: readonly (DocumentedCommand | ByHand)[];
}

const dev = "devpocket_warp_dev";
const later = /comes with a later release of Keelson\. Nothing was written\./;
const all =
  /✓ test_db_integration\.js[\s\S]*✓ test_db_migrate\.js[\s\S]*✓ test_db_seed\.js[\s\S]*✓ test_end_to_end\.js[\s\S]*✓ test_script_integration\.js/;

/** The commands of the guide that seed, which is for a later release. */
const seeding = (...lines: readonly string[]): readonly DocumentedCommand[] =>
  lines.map((run) => ({ run, code: 1, shows: later }));

/** The commands of the guide about migrations and their scripts, in its order. */
export const sections: readonly Section[] = [
  {
    title: "Basic operations",
    database: dev,
    steps: [
      { run: "./scripts/db_migrate.sh", shows: /Target reached +head\nRevisions +9 applied\nDuration/ },
      { run: "./scripts/db_migrate.sh abc123def456", answersYes: true, shows: /Revisions +3 reverted/ },
      { run: "./scripts/db_migrate.sh +1", shows: /Revisions +1 applied[\s\S]*d71d6b9b665e/ },
      { run: "./scripts/db_migrate.sh -1", answersYes: true, shows: /Revisions +1 reverted[\s\S]*dca12506b39d/ },
    ],
  },
  {
    title: "Safety features",
    database: dev,
    steps: [
      { run: "./scripts/db_migrate.sh --dry-run head", shows: /ADD COLUMN program[\s\S]*nothing was executed/ },
      { run: "./scripts/db_migrate.sh --force head", shows: /Revisions +3 applied/ },
      { run: "./scripts/db_migrate.sh --skip-backup head", shows: /Backup skipped[\s\S]*Nothing to do/ },
    ],
  },
  {
    title: "Environment-specific operations",
    steps: [
      { run: "./scripts/db_migrate.sh --env-file .env.production head", shows: /devpocket_prod@[\s\S]*9 applied/ },
      {
        run: "./scripts/db_migrate.sh --env-file .env.dev --skip-backup head",
        shows: /Backup skipped[\s\S]*devpocket_warp_dev[\s\S]*DEBUG/,
      },
      { run: "./scripts/db_migrate.sh --env-file .env.staging --dry-run head", shows: /CREATE TABLE public\.users/ },
    ],
  },
  {
    title: "Migration management",
    database: dev,
    steps: [
      { byHand: "declare the preferences" },
      {
        run: './scripts/db_migrate.sh --generate "Add user preferences table"',
        shows: /create table public\.user_pref[\s\S]*Proven up and down/,
      },
      {
        run: "./scripts/db_migrate.sh --history",
        shows: /Add user preferences table[\s\S]*Find commands by program[\s\S]*Users, SSH keys/,
      },
      { run: "./scripts/db_migrate.sh --check-only", shows: /Connected to PostgreSQL 15/ },
      { byHand: "drop the preferences" },
    ],
  },
  {
    title: "Migration targets",
    database: dev,
    steps: [
      { run: "./scripts/db_migrate.sh head", shows: /Nothing to do/ },
      { run: "./scripts/db_migrate.sh +1", code: 1, shows: /no step further/ },
      { run: "./scripts/db_migrate.sh -1", answersYes: true, shows: /Revisions +1 reverted/ },
      { run: "./scripts/db_migrate.sh abc123", answersYes: true, shows: /Current +823653367e4a/ },
    ],
  },
  {
    title: "Seeding, as far as it goes",
    database: dev,
    steps: [
      ...seeding(
        "./scripts/db_seed.sh",
        "./scripts/db_seed.sh users 25",
        "./scripts/db_seed.sh ssh 15",
        "./scripts/db_seed.sh commands 100",
        "./scripts/db_seed.sh --clean users 20",
        "./scripts/db_seed.sh --clean-force all 50",
      ),
      { run: "./scripts/db_seed.sh --stats-only", shows: /commands +0/ },
      ...seeding(
        "./scripts/db_seed.sh --upsert all 100",
        "./scripts/db_seed.sh --upsert users 50",
        "./scripts/db_seed.sh users 20 --stats",
        "./scripts/db_seed.sh --reset-force --upsert all 100 --stats",
        "./scripts/db_seed.sh --clean-force --upsert all 10000",
        "./scripts/db_seed.sh --env-file .env.test users 25",
        "./scripts/db_seed.sh --clean-force --upsert all 10000 --stats",
        "./scripts/db_seed.sh --clean-force commands",
        "./scripts/db_seed.sh --clean-force sessions",
        "./scripts/db_seed.sh --clean-force users",
        "./scripts/db_seed.sh users 1000  # Instead of 10000",
      ),
      { run: "./scripts/db_seed.sh --reset-force", shows: /9 applied[\s\S]*The database was rebuilt/ },
    ],
  },
  {
    title: "All tests",
    steps: [
      { run: "pytest tests/test_scripts/", sameAs: "pytest tests/test_scripts/ -v" },
      { run: "pytest tests/test_scripts/ -v", shows: /✔ --stats-only counts the rows of every table[\s\S]*fail 0/ },
      {
        run: "pytest tests/test_scripts/ --cov=scripts",
        shows: new RegExp(String.raw`scripts/db_migrate\.js +lines +\d+ %[\s\S]*${all.source}`),
      },
    ],
  },
  {
    title: "Specific test categories",
    steps: [
      { run: "pytest tests/test_scripts/test_db_migrate.py", likeSuite: "pytest tests/test_scripts/test_db_seed.py" },
      { run: "pytest tests/test_scripts/test_db_seed.py", shows: /✓ test_db_seed\.js {2}\d+ passed\n/ },
      {
        run: "pytest tests/test_scripts/test_db_integration.py",
        likeSuite: "pytest tests/test_scripts/test_db_seed.py",
      },
      { run: "pytest tests/test_scripts/test_end_to_end.py", likeSuite: "pytest tests/test_scripts/test_db_seed.py" },
    ],
  },
  {
    title: "Test environment setup",
    steps: [
      { run: 'export DATABASE_URL="postgresql://test_user:test_pass@localhost/test_db"' },
      {
        run: "pytest tests/test_scripts/ --env-file .env.test",
        shows: new RegExp(String.raw`The server is that of \.env\.test[\s\S]*${all.source}`),
      },
      { run: "pytest tests/test_scripts/ -n auto", shows: all },
    ],
  },
  {
    title: "Production migrations",
    steps: [
      { run: "./scripts/db_migrate.sh --env-file .env.production --dry-run head", shows: /at head already/ },
      { run: "./scripts/db_migrate.sh --env-file .env.production head", shows: /Nothing to do/ },
    ],
  },
  {
    title: "CI/CD integration",
    database: dev,
    steps: [
      ...seeding("./scripts/db_seed.sh --reset-force --upsert all 100"),
      { run: "pytest tests/", sameAs: "pytest tests/test_scripts/ -v" },
      { run: "./scripts/db_seed.sh --stats-only", shows: /commands +0/ },
    ],
  },
  {
    title: "Connection issues",
    steps: [
      { run: "./scripts/db_migrate.sh --check-only", code: 1, shows: /There is no PGlite database/ },
      { run: "./scripts/db_migrate.sh --env-file .env.test --check-only", shows: /user=devpocket_test/ },
    ],
  },
  {
    title: "Permission errors",
    database: "permissions",
    steps: [
      {
        run: "./scripts/db_migrate.sh",
        code: 1,
        shows: /permission denied for schema public[\s\S]*GRANT USAGE, CREATE ON SCHEMA public TO devpocket_user;/,
      },
      { run: "GRANT CREATE, USAGE ON SCHEMA public TO devpocket_user;", shows: /GRANT/ },
      { run: "GRANT ALL PRIVILEGES ON ALL TABLES IN SCHEMA public TO devpocket_user;", shows: /GRANT/ },
      { run: "./scripts/db_migrate.sh", shows: /9 applied/ },
    ],
  },
  {
    title: "Locks and slow migrations",
    steps: [
      { run: "SELECT * FROM pg_stat_activity WHERE state = 'active';", shows: /pg_stat_activity/ },
      { run: "SELECT * FROM pg_stat_progress_create_index;", shows: /blocks_total|0 rows/ },
    ],
  },
  {
    title: "Debug mode",
    database: dev,
    steps: [
      { run: "export DB_DEBUG=1" },
      { run: "./scripts/db_migrate.sh --dry-run head", shows: /DEBUG {2}Running[\s\S]*DEBUG .*SELECT/ },
      { run: "./scripts/db_seed.sh --stats-only", shows: /DEBUG .*SELECT/ },
    ],
  },
];
