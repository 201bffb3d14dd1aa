/**
 * One line of an object's privileges, as catalogs hold them: `SELECT, UPDATE TO reader`, `ALL TO app WITH GRANT OPTION`,
 * `SELECT TO "Other" GRANTED BY app`, and `REVOKE EXECUTE FROM PUBLIC` for what an object usually comes with.
 */
export interface GrantEntry {
  /** False for what is usual and not there. */
  readonly given: boolean;
  /** In capitals; `ALL` stands alone. */
  readonly privileges: readonly string[];
  /** A quoted name, `OWNER` for whoever owns the object, or `PUBLIC` for everybody. */
  readonly grantee: string;
  readonly grantor: string;
  readonly grantable: boolean;
}

/** The roles of an entry that are no names: the owner, whoever it is, and everybody. */
export const ownerRole = "OWNER";
export const everybody = "PUBLIC";

/** Reads a line of an object's privileges. */
export function parseGrantEntry(line: string): GrantEntry {
  const given = !line.startsWith("REVOKE ");
  const text = given ? line : line.slice("REVOKE ".length);
  const word = given ? " TO " : " FROM ";
  const at = text.indexOf(word);
  const roles = text.slice(at + word.length);
  const grantee = leadingName(roles);
  const rest = roles.slice(grantee.length);
  const by = " GRANTED BY ";
  const grantorAt = rest.indexOf(by);
  return {
    given,
    privileges: text.slice(0, at).split(", "),
    grantee,
    grantor: grantorAt < 0 ? ownerRole : rest.slice(grantorAt + by.length),
    grantable: rest.startsWith(" WITH GRANT OPTION"),
  };
}

/** Writes a line of an object's privileges. */
export function printGrantEntry({ given, privileges, grantee, grantor, grantable }: GrantEntry): string {
  const names = privileges.join(", ");
  const option = grantable ? " WITH GRANT OPTION" : "";
  const by = grantor === ownerRole ? "" : ` GRANTED BY ${grantor}`;
  return given ? `${names} TO ${grantee}${option}${by}` : `REVOKE ${names} FROM ${grantee}${by}`;
}

/** A line of the privileges on a column that a catalog has no object for: the column's name, quoted, and the line itself. */
export function splitColumnGrant(line: string): { readonly column: string; readonly entry: string } {
  const column = leadingName(line);
  return { column, entry: line.slice(column.length + 1) };
}

/** The name, perhaps quoted, that a text begins with. */
function leadingName(text: string): string {
  if (!text.startsWith('"')) return text.split(" ", 1)[0] ?? "";
  for (let at = 1; at < text.length; at++) {
    if (text[at] !== '"') continue;
    if (text[at + 1] !== '"') return text.slice(0, at + 1);
    at++;
  }
  return text;
}
