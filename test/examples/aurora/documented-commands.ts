/** A command that Aurora's migrations guide tells its readers to type, word for word. */
export interface DocumentedCommand {
  readonly run: string;
  /** It asks, on a terminal; the answer is yes. */
  readonly asks?: true;
  /** What the output must show, standard output and error together. */
  readonly shows?: RegExp;
}

/** What a reader of the guide does by hand between its commands. */
export interface ByHand {
  readonly byHand: HandWork;
}

/** Each is carried out by the test that runs the commands. */
export type HandWork =
  | "begin at the initial schema"
  | "begin at the initial schema, applied"
  | "take the whole history"
  | "add a column for preferences"
  | "define the model UserPreference"
  | "change a model"
  | "apply everything"
  | "take the last revision back"
  | "register a user"
  | "apply the revisions by hand"
  | "write revisions in two branches"
  | "lose track of the revisions"
  | "write a failing migration";

/** A heading of the guide: its commands in order, in one shell. */
export interface Section {
  readonly title: string;
  readonly steps: readonly (DocumentedCommand | ByHand)[];
}

const script = "./scripts/db-migrate.sh";

/** What the guide prints for `status`, but that lines may follow. */
const documentedStatus =
  /📊 Current Migration Status:\n164468809966 \(head\)\n\n📋 Migration History:\nRev: 164468809966 \(head\)\n {4}Initial schema: users, tasks, conversations, metrics, alerts, audit logs\n/;

/** Every command of the guide, in its order. */
export const sections: readonly Section[] = [
  {
    title: "Initial setup",
    steps: [
      { byHand: "begin at the initial schema" },
      { run: `${script} status`, shows: /Rev: 164468809966 \(head, pending\)/ },
      { run: `${script} upgrade`, shows: /164468809966.*Initial schema/ },
    ],
  },
  {
    title: "Creating a new migration",
    steps: [
      { byHand: "add a column for preferences" },
      { run: `${script} create "Add user preferences column"`, shows: /Proven.*PostgreSQL[\s\S]*Proven.*SQLite/ },
      { run: `${script} upgrade`, shows: /Add user preferences column/ },
    ],
  },
  {
    title: "status",
    steps: [{ byHand: "begin at the initial schema, applied" }, { run: `${script} status`, shows: documentedStatus }],
  },
  {
    title: "create",
    steps: [
      { byHand: "define the model UserPreference" },
      { run: `${script} create "Add user preferences table"`, shows: /create table user_preferences/ },
    ],
  },
  { title: "upgrade", steps: [{ run: `${script} upgrade`, shows: /Add user preferences table/ }] },
  {
    title: "downgrade",
    steps: [
      { byHand: "take the whole history" },
      { byHand: "apply everything" },
      { run: `${script} downgrade`, asks: true, shows: /1 applied|1 reverted|fa6706f27677/ },
      { byHand: "apply everything" },
      { run: `${script} downgrade 3`, asks: true, shows: /614e5947b1ff/ },
      { run: `${script} downgrade all`, asks: true, shows: /164468809966/ },
    ],
  },
  {
    title: "history",
    steps: [{ run: `${script} history`, shows: /fa6706f27677[\s\S]*Merge migrations[\s\S]*164468809966/ }],
  },
  { title: "current", steps: [{ byHand: "apply everything" }, { run: `${script} current`, shows: /fa6706f27677/ }] },
  {
    title: "upgrade-to",
    steps: [
      { byHand: "begin at the initial schema, applied" },
      { byHand: "take the whole history" },
      { run: `${script} upgrade-to abc123`, shows: /25c45baa9b69.*Add user preferences table/ },
    ],
  },
  {
    title: "downgrade-to",
    steps: [
      { byHand: "apply everything" },
      { run: `${script} downgrade-to abc123`, asks: true, shows: /f87f6c99c1fb.*Add the status of a user/ },
    ],
  },
  {
    title: "show-sql",
    steps: [
      { run: `${script} show-sql`, shows: /CREATE TABLE "users"[\s\S]*'cancelled'/ },
      { run: `${script} show-sql abc123`, shows: /CREATE TABLE "user_preferences"/ },
    ],
  },
  {
    title: "stamp",
    steps: [
      { byHand: "apply everything" },
      { byHand: "lose track of the revisions" },
      { run: `${script} stamp head`, shows: /recorded 7 revisions/ },
    ],
  },
  {
    title: "reset",
    steps: [{ byHand: "register a user" }, { run: `${script} reset`, asks: true, shows: /7 applied/ }],
  },
  {
    title: "Manual Alembic commands",
    steps: [
      { run: "alembic current", shows: /fa6706f27677/ },
      { run: "alembic history", shows: /fa6706f27677[\s\S]*164468809966/ },
      { byHand: "change a model" },
      { run: 'alembic revision --autogenerate -m "Description"', shows: /_description\.sqlite\.sql[\s\S]*Proven/ },
      { run: 'alembic revision -m "Description"', shows: /_description\.sqlite\.sql/ },
      { run: "alembic upgrade head", shows: /2 applied/ },
      { byHand: "take the last revision back" },
      { run: "alembic upgrade +1", shows: /1 applied/ },
      { run: "alembic downgrade -1", shows: /Description/ },
      { run: "alembic downgrade abc123", shows: /f87f6c99c1fb/ },
      { run: "alembic upgrade head --sql", shows: /CREATE TABLE "users"[\s\S]*Description/ },
    ],
  },
  {
    title: "Adding new models",
    steps: [
      { byHand: "begin at the initial schema, applied" },
      { byHand: "define the model UserPreference" },
      { run: `${script} create "Add user preferences table"`, shows: /_add_user_preferences_table\.sqlite\.sql/ },
      { run: `${script} upgrade`, shows: /Add user preferences table/ },
    ],
  },
  {
    title: "Development workflow",
    steps: [
      { byHand: "take the whole history" },
      { byHand: "apply everything" },
      { byHand: "change a model" },
      { run: `${script} create "Description"`, shows: /_description\.postgres\.sql/ },
      { run: `${script} upgrade`, shows: /Description/ },
      { run: `${script} downgrade`, asks: true, shows: /Description/ },
    ],
  },
  {
    title: "Production",
    steps: [
      { byHand: "take the whole history" },
      { run: `${script} show-sql`, shows: /CREATE TABLE "users"/ },
      { run: 'export DATABASE_URL="postgresql://user:password@localhost/aurora_db"' },
    ],
  },
  {
    title: "Test upgrade",
    steps: [
      { run: `${script} upgrade` },
      {
        run: 'sqlite3 aurora.db ".tables"',
        shows: /(?=[\s\S]*alerts)(?=[\s\S]*audit_logs)(?=[\s\S]*conversation_history)(?=[\s\S]*user_preferences)/,
      },
      { run: 'sqlite3 aurora.db ".schema users"', shows: /VARCHAR\(50\) NOT NULL[\s\S]*ix_users_username/ },
    ],
  },
  {
    title: "Test downgrade",
    steps: [
      { run: `${script} downgrade`, asks: true, shows: /fa6706f27677/ },
      { run: 'sqlite3 aurora.db ".tables"', shows: /users/ },
      { run: `${script} upgrade`, shows: /fa6706f27677/ },
    ],
  },
  {
    title: "Test full cycle",
    steps: [
      { run: `${script} reset`, asks: true, shows: /7 applied/ },
      { run: `${script} status`, shows: /Current Migration Status:\nfa6706f27677 \(head\)\n\n/ },
    ],
  },
  {
    title: "Migration conflicts",
    steps: [
      { byHand: "write revisions in two branches" },
      { run: "alembic heads", shows: /ours[\s\S]*theirs/ },
      { run: 'alembic merge -m "Merge migrations" <head1> <head2>', shows: /merge_migrations/ },
      { run: `${script} upgrade`, shows: /ours[\s\S]*theirs[\s\S]*Merge migrations/ },
    ],
  },
  {
    title: "Database out of sync",
    steps: [
      { byHand: "take the whole history" },
      { byHand: "apply the revisions by hand" },
      { run: `${script} current` },
      { run: `${script} stamp <correct_revision>`, shows: /25c45baa9b69/ },
    ],
  },
  {
    title: "Failed migration",
    steps: [
      { byHand: "write a failing migration" },
      { run: `${script} current`, shows: /fa6706f27677/ },
      { run: "nano alembic/versions/<failed_migration>.py" },
      { run: `${script} upgrade`, shows: /1 applied/ },
    ],
  },
  {
    title: "Reset everything",
    steps: [{ run: "rm aurora.db" }, { run: `${script} upgrade`, shows: /8 applied/ }],
  },
];
