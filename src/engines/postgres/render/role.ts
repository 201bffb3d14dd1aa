import { idParts, ownName } from "../../../catalog/object-id.ts";
import { isSet, list, type PlanObject, text } from "../plan/schema-model.ts";
import { quoteIdentifier, quoteText } from "../sql-text.ts";
import { changedComment, newComment, type Renderer } from "./renderer.ts";

const words: readonly (readonly [attribute: string, on: string, off: string])[] = [
  ["superuser", "SUPERUSER", "NOSUPERUSER"],
  ["createDatabase", "CREATEDB", "NOCREATEDB"],
  ["createRole", "CREATEROLE", "NOCREATEROLE"],
  ["noInherit", "NOINHERIT", "INHERIT"],
  ["login", "LOGIN", "NOLOGIN"],
  ["replication", "REPLICATION", "NOREPLICATION"],
  ["bypassRowSecurity", "BYPASSRLS", "NOBYPASSRLS"],
];

/** Roles, whose passwords are nobody's here: a new one has none. */
export const roleRenderer: Renderer = {
  create(role) {
    const name = ownName(role.id);
    const options = [
      ...words.flatMap(([attribute, on]) => (isSet(role, attribute) ? [on] : [])),
      ...(text(role, "connectionLimit") === null ? [] : [`CONNECTION LIMIT ${text(role, "connectionLimit")}`]),
      ...(text(role, "validUntil") === null ? [] : [`VALID UNTIL ${quoteText(text(role, "validUntil") ?? "")}`]),
    ];
    return [
      [`CREATE ROLE ${name}`, ...options].join(" "),
      ...settingChanges(null, role),
      ...newComment(`ROLE ${name}`, role),
    ];
  },
  drop: (role) => [`DROP ROLE ${ownName(role.id)}`],
  alter(from, to, changed) {
    const name = ownName(to.id);
    const options = [
      ...words.flatMap(([attribute, on, off]) =>
        changed.includes(attribute) ? [isSet(to, attribute) ? on : off] : [],
      ),
      ...(changed.includes("connectionLimit") ? [`CONNECTION LIMIT ${text(to, "connectionLimit") ?? "-1"}`] : []),
      ...(changed.includes("validUntil") ? [`VALID UNTIL ${quoteText(text(to, "validUntil") ?? "infinity")}`] : []),
    ];
    return [
      ...(options.length === 0 ? [] : [`ALTER ROLE ${name} ${options.join(" ")}`]),
      ...settingChanges(from, to),
      ...changedComment(`ROLE ${name}`, to, changed),
    ];
  },
};

/** What roles are members of. */
export const membershipRenderer: Renderer = {
  create: (membership) => [grant(membership, allOptions(membership))],
  drop: (membership) => [revoke(membership, "")],
  alter(from, to, changed) {
    const options = changed.flatMap((name): readonly string[] => {
      if (name === "inherit") {
        // Without a word of its own a membership is inherited as the member's other ones are, which only a new one can say.
        return to.attributes["inherit"] === undefined
          ? []
          : [`INHERIT ${to.attributes["inherit"] === true ? "TRUE" : "FALSE"}`];
      }
      if (name === "noSet") return [`SET ${isSet(to, "noSet") ? "FALSE" : "TRUE"}`];
      return [];
    });
    if (changed.includes("inherit") && to.attributes["inherit"] === undefined) return null;
    return [
      ...(changed.includes("admin") && !isSet(to, "admin") ? [revoke(from, "ADMIN OPTION FOR ")] : []),
      ...(changed.includes("admin") && isSet(to, "admin") ? [grant(to, ["ADMIN OPTION"])] : []),
      ...(options.length === 0 ? [] : [grant(to, options)]),
    ];
  },
};

function allOptions(membership: PlanObject): readonly string[] {
  const { inherit } = membership.attributes;
  const newer = [
    ...(inherit === undefined ? [] : [`INHERIT ${inherit === true ? "TRUE" : "FALSE"}`]),
    ...(isSet(membership, "noSet") ? ["SET FALSE"] : []),
  ];
  if (!isSet(membership, "admin")) return newer;
  // Servers before 16 know one option, and one way to write it.
  return newer.length === 0 ? ["ADMIN OPTION"] : ["ADMIN TRUE", ...newer];
}

function grant(membership: PlanObject, options: readonly string[]): string {
  const { role, member, grantor } = partsOf(membership);
  return `GRANT ${role} TO ${member}${options.length === 0 ? "" : ` WITH ${options.join(", ")}`}${grantor}`;
}

function revoke(membership: PlanObject, option: string): string {
  const { role, member, grantor } = partsOf(membership);
  return `REVOKE ${option}${role} FROM ${member}${grantor}`;
}

function partsOf({ id }: PlanObject): { readonly role: string; readonly member: string; readonly grantor: string } {
  const [role = "", member = "", grantor] = idParts(id);
  return { role, member, grantor: grantor === undefined ? "" : ` GRANTED BY ${grantor}` };
}

function settingChanges(from: PlanObject | null, to: PlanObject): readonly string[] {
  return [
    ...changes(from, to, "settings").map((change) => `ALTER ROLE ${ownName(to.id)} ${change}`),
    // The database has another name wherever this runs.
    ...changes(from, to, "settingsHere").map((change) => {
      const sql = `ALTER ROLE ${ownName(to.id).replaceAll("%", "%%")} IN DATABASE %I ${change.replaceAll("%", "%%")}`;
      return `DO $keelson$ BEGIN EXECUTE pg_catalog.format(${quoteText(sql)}, pg_catalog.current_database()); END $keelson$`;
    }),
  ];
}

function changes(from: PlanObject | null, to: PlanObject, attribute: string): readonly string[] {
  const before = from === null ? [] : list(from, attribute);
  const after = list(to, attribute);
  const names = new Set(after.map(settingName));
  return [
    ...before.filter((line) => !names.has(settingName(line))).map((line) => `RESET ${quoteName(settingName(line))}`),
    ...after
      .filter((line) => !before.includes(line))
      .map((line) => `SET ${quoteName(settingName(line))} TO ${settingValue(line)}`),
  ];
}

/** Settings whose value is kept as a list of names, each quoted where it must be. */
const listSettings: ReadonlySet<string> = new Set([
  "local_preload_libraries",
  "search_path",
  "session_preload_libraries",
  "shared_preload_libraries",
  "temp_tablespaces",
  "unix_socket_directories",
]);

function settingName(line: string): string {
  return line.slice(0, line.indexOf("="));
}

function settingValue(line: string): string {
  const value = line.slice(line.indexOf("=") + 1);
  if (!listSettings.has(settingName(line).toLowerCase())) return quoteText(value);
  return value === "" ? "''" : value;
}

/** `myapp.user_id` is a setting of two names. */
function quoteName(name: string): string {
  return name
    .split(".")
    .map((part) => (/^[a-z_][a-z0-9_]*$/i.test(part) ? part : quoteIdentifier(part)))
    .join(".");
}
