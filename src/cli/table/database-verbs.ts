import type { DropDatabaseOptions } from "../../app/database.ts";
import type { ProjectOptions } from "../../app/project.ts";
import { flag, type OptionsOf, text, type VerbSpec } from "./option.ts";
import { answerOptions } from "./shared-options.ts";

const group = "Databases";

const create = {
  name: "db create",
  group,
  summary: "create the database that the connection names",
  description: [],
  arguments: [],
  options: {} satisfies OptionsOf<ProjectOptions>,
  examples: [{ command: "keelson db create --url postgres://localhost/app_test", explanation: "an empty database" }],
} as const satisfies VerbSpec;

const drop = {
  name: "db drop",
  group,
  summary: "drop the database that the connection names",
  description: ["Asks, because all data is lost; refused in an environment that is marked as production."],
  arguments: [],
  options: {
    ...({
      yes: answerOptions.yes,
      disconnect: flag("--disconnect", "end the sessions that use the database"),
      allowProduction: flag("--allow-production", "permit it in an environment that is marked as production"),
    } satisfies OptionsOf<DropDatabaseOptions, "confirm">),
    force: answerOptions.force,
  },
  examples: [
    { command: "keelson db drop", explanation: "asks first" },
    { command: "keelson db drop --yes --disconnect", explanation: "also while others are connected" },
  ],
} as const satisfies VerbSpec;

const shell = {
  name: "db shell",
  group,
  summary: "type SQL: psql or sqlite3 where installed, else a built-in prompt",
  description: [
    "Starts psql or sqlite3 on the connection; a password is handed over in the environment and never on a command line. Where neither is installed, and for PGlite, the built-in prompt takes their place. It knows \\dt, \\d, \\d NAME, \\l, \\? and \\q on every database.",
  ],
  arguments: [],
  options: {
    database: text("-d, --database NAME", "another database of the same server or folder"),
    command: text("-c, --command SQL", "run this and exit"),
    builtin: flag("--builtin", "the built-in prompt even where psql or sqlite3 is installed"),
  },
  examples: [
    { command: "keelson db shell", explanation: "a prompt" },
    { command: 'keelson db shell -c "SELECT count(*) FROM users"', explanation: "one statement" },
    { command: 'keelson db shell -d app_test -c "\\dt"', explanation: "the tables of another database" },
    { command: "keelson db shell --json -c 'SELECT * FROM users'", explanation: "rows as JSON lines" },
  ],
} as const satisfies VerbSpec;

/** The verbs on databases as a whole. */
export const databaseVerbs = { "db create": create, "db drop": drop, "db shell": shell } as const;
