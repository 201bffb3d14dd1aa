/** A command as the document of AI Assistant prints it, and what must come of it. */
export interface DocumentedCommand {
  readonly run: string;
  /** The exit code; 0 unless told. */
  readonly code?: number;
  /** What its output must show. */
  readonly shows?: RegExp;
  /** It runs on a terminal, whose question is answered with this key. */
  readonly answer?: string;
  /** It goes on until the end of the test; it is there once it shows this. */
  readonly serves?: RegExp;
  /** Variables for this command alone. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Statements that the document wants to be typed in psql. */
export interface DocumentedSql {
  readonly sql: string;
}

/** Something that the document leaves to the reader between two commands. */
export interface ByHand {
  readonly byHand: HandWork;
}

/** What a reader of the document does, or has. */
export type HandWork =
  | "have a system from before"
  | "tell the ledger"
  | "take the superuser away"
  | "let the change fail in its middle";

/** A section of the document: its commands in order. */
export interface Section {
  readonly title: string;
  /** Where its terminal is; the folder of the example unless told. */
  readonly folder?: "backend";
  readonly steps: readonly (DocumentedCommand | DocumentedSql | ByHand)[];
}

const migrate = "cd backend\npython migrations/add_user_id_to_projects.py";
const structure =
  /Table projects[\s\S]*user_id +integer +not null[\s\S]*assistant_id[\s\S]*created_at[\s\S]*updated_at/;

/** Every command of the document, in its order. PowerShell's lines that go on are written as one. */
export const sections: readonly Section[] = [
  {
    title: "Usage",
    steps: [
      { byHand: "have a system from before" },
      { run: migrate, code: 7, answer: "n", shows: /100000 projects without an owner go to boss/ },
      { run: migrate, answer: "y", shows: structure },
    ],
  },
  {
    title: "Running Migrations",
    steps: [
      { run: "pg_dump -U postgres ai_assistant > backup_$(date +%Y%m%d).sql" },
      { run: migrate, shows: /Nothing to do/ },
      {
        run: String.raw`psql -U postgres -d ai_assistant -c "\d projects"`,
        shows:
          /user_id[\s\S]*assistant_id[\s\S]*created_at[\s\S]*updated_at[\s\S]*REFERENCES roles\(id\)[\s\S]*REFERENCES users\(id\)/,
      },
      {
        run: `psql -U postgres -d ai_assistant -c "SELECT column_name FROM information_schema.columns WHERE table_name='projects';"`,
        shows: / user_id/,
      },
    ],
  },
  {
    title: "Testing After Migration",
    folder: "backend",
    steps: [
      { run: "uvicorn app.main:app --reload", serves: /Listening/ },
      { run: `$loginBody = @{ username = "testuser"; password = "test12345" }` },
      {
        run: `$response = Invoke-RestMethod -Uri "http://localhost:8000/api/auth/login" -Method Post -Body $loginBody -ContentType "application/x-www-form-urlencoded"`,
      },
      { run: "$TOKEN = $response.access_token" },
      { run: `$headers = @{ "Authorization" = "Bearer $TOKEN" }` },
      { run: `Invoke-RestMethod -Uri "http://localhost:8000/api/projects" -Headers $headers`, shows: /^\[\]$/m },
      {
        run: `$projectBody = @{ name = "Test Project" description = "Testing multi-user projects" assistant_id = 1 } | ConvertTo-Json`,
      },
      {
        run: `Invoke-RestMethod -Uri "http://localhost:8000/api/projects" -Method Post -Headers $headers -Body $projectBody -ContentType "application/json"`,
        shows: /"name":"Test Project","description":"Testing multi-user projects","assistant_id":1/,
      },
    ],
  },
  {
    title: "Rollback",
    steps: [
      {
        sql: `-- Remove the columns (WARNING: This will delete data!)
ALTER TABLE projects DROP COLUMN IF EXISTS user_id CASCADE;
ALTER TABLE projects DROP COLUMN IF EXISTS assistant_id CASCADE;
ALTER TABLE projects DROP COLUMN IF EXISTS created_at;
ALTER TABLE projects DROP COLUMN IF EXISTS updated_at;`,
      },
    ],
  },
  {
    title: "Troubleshooting: no superuser",
    folder: "backend",
    steps: [
      { byHand: "tell the ledger" },
      { byHand: "take the superuser away" },
      { run: "python migrations/add_user_id_to_projects.py", code: 6, shows: /No superuser found.*init_auth_tables/ },
      { run: "python scripts/init_auth_tables.py", code: 1, shows: /set ADMIN_USERNAME/ },
      {
        run: "python scripts/init_auth_tables.py",
        env: { ADMIN_USERNAME: "chief", ADMIN_EMAIL: "chief@example.com", ADMIN_PASSWORD: "a long password" },
        shows: /Created the superuser chief/,
      },
      { run: "python scripts/init_auth_tables.py", shows: /There is a superuser already: chief/ },
      { byHand: "take the superuser away" },
      {
        run: `python -c "from passlib.hash import bcrypt; print(bcrypt.hash('yourpassword'))"`,
        shows: /^scrypt\$\d+\$\d+\$\d+\$[\w-]+\$[\w-]+$/m,
      },
      {
        sql: `INSERT INTO users (email, username, password_hash, status, is_superuser, is_active)
VALUES (
    'admin@example.com',
    'admin',
    '$2b$12$yourhashhere',
    'active',
    true,
    true
);`,
      },
      {
        run: "python migrations/add_user_id_to_projects.py",
        answer: "y",
        shows: /100001 projects without an owner go to admin/,
      },
    ],
  },
  {
    title: "Troubleshooting: the column exists already",
    folder: "backend",
    steps: [{ run: "python migrations/add_user_id_to_projects.py", shows: /Nothing to do/ }],
  },
  {
    title: "Troubleshooting: rollback of the transaction",
    folder: "backend",
    steps: [
      { byHand: "tell the ledger" },
      { byHand: "let the change fail in its middle" },
      {
        run: "python migrations/add_user_id_to_projects.py",
        answer: "y",
        code: 6,
        shows: /Projects given away[\s\S]*project 60000 is locked[\s\S]*rolled back/,
      },
    ],
  },
];
