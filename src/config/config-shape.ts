import { logLevels } from "../platform/logger.ts";
import { schemaCheck } from "./check-schema.ts";
import {
  type Checked,
  duration,
  flag,
  listOf,
  namedObjects,
  object,
  oneOf,
  type Shape,
  scratchPlaces,
  secretText,
  text,
  textLike,
  wholeNumber,
} from "./checks.ts";

const identifier = textLike(/^(?!pg_)[^\0"]{1,63}$/i, "a schema name of at most 63 characters, not beginning with pg_");
const prefix = textLike(/^([a-z_][a-z0-9_]{0,29})?$/, "up to 30 lower-case letters, digits and underscores");
const externalTable = textLike(
  /^(?:[^".*\s]+|"(?:[^"]|"")+")(?:\.(?:[^".*\s]+|"(?:[^"]|"")+"|\*))?$/,
  'a table such as "auth.users" or "users", or "auth.*" for a whole schema',
);
const rolePattern = textLike(/^[^\0]{1,63}$/, 'the name of a role, or a pattern such as "app_*"');
const historyName = textLike(/^[A-Za-z0-9][\w.-]{0,62}$/, "up to 63 letters, digits, dots, dashes and underscores");

/** What an environment's name may be: it becomes part of a file's name, `.env.<name>`. */
export const environmentName = /^[A-Za-z0-9][\w-]{0,62}$/;

/** The rule behind `environmentName`, for messages. */
export const environmentNameRule = "up to 63 letters, digits, dashes and underscores, a letter or digit first";

/** The days that a backup is kept. */
export const retentionDays = wholeNumber(1, 36_500);

const overridable = {
  url: secretText,
  directUrl: secretText,
  ledger: object({ schema: identifier, prefix, history: historyName }),
  lockTimeout: duration(1),
  runLockTimeout: duration(0),
  outOfOrder: oneOf(["refuse", "apply"]),
  log: object({ level: oneOf(logLevels), format: oneOf(["text", "json"]) }),
  backup: object({ directory: text, retentionDays }),
  scratch: scratchPlaces,
} satisfies Shape;

/** The keys of an environment. */
export const environmentShape = { ...overridable, production: flag } satisfies Shape;

/** The keys of a configuration. */
export const configShape = {
  ...overridable,
  migrations: text,
  schema: schemaCheck,
  external: object({ tables: listOf(externalTable), schema: schemaCheck }),
  privileges: oneOf(["managed", "ignored"]),
  roles: listOf(rolePattern),
  environments: namedObjects(object(environmentShape), environmentName, environmentNameRule),
  defaultEnvironment: text,
  engines: listOf(oneOf(["postgres", "sqlite"])),
  postgres: listOf(wholeNumber(14, 18)),
} satisfies Shape;

/** A configuration file's content, checked. */
export type CheckedConfig = Checked<typeof configShape>;

/** One environment of a configuration, checked. */
export type CheckedEnvironment = Checked<typeof environmentShape>;
