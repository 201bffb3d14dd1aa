import { ownerRole } from "../../../catalog/grant-entry.ts";
import type { Acl } from "./acl.ts";
import {
  afterChanges,
  changedItems,
  type GrantChange,
  giveAnew,
  grantChanges,
  ownChanges,
  takeBack,
  takeBackByGivers,
} from "./grant-changes.ts";
import { type ColumnChanges, columnGrantStatements, type GrantSubject, grantStatements } from "./grant-statements.ts";

/** A list of privileges as it is and as it is to be. */
export interface AclChange {
  readonly from: Acl;
  readonly to: Acl;
}

/** The privileges on a relation and on those of its columns that have or had some, by their quoted names. */
export interface RelationAcls {
  readonly table: AclChange;
  readonly columns: ReadonlyMap<string, AclChange>;
}

/** The statements that change the privileges on a relation and on its columns. */
export function relationGrantStatements(acls: RelationAcls, subject: GrantSubject): readonly string[] {
  const { table, columns } = acls;
  const each = (change: (acl: AclChange) => readonly GrantChange[]): readonly ColumnChanges[] =>
    [...columns].map(([column, acl]) => ({ column, changes: change(acl) }));
  const onColumns = (change: (acl: AclChange) => readonly GrantChange[]): readonly string[] =>
    columnGrantStatements(each(change), subject);
  if (!isChained(acls)) {
    const changes = grantChanges(table.from, table.to, "table");
    // Who loses a privilege on a table loses it on each column as well.
    const taken = changes.filter(({ what }) => what !== "grant");
    return [
      ...grantStatements(changes, subject),
      ...onColumns(({ from, to }) => grantChanges(afterChanges(from, taken), to, "column")),
    ];
  }
  const own = ownChanges(table.from, table.to, "table");
  return [
    ...onColumns(({ from }) => takeBackByGivers(from, "column")),
    ...onColumns(({ from }) => takeBack(from, "column")),
    ...grantStatements([...takeBack(table.from, "table"), ...own, ...giveAnew(table.to, "table")], subject),
    ...onColumns(({ from, to }) => [
      ...ownChanges(
        afterChanges(
          from,
          own.filter(({ what }) => what !== "grant"),
        ),
        to,
        "column",
      ),
      ...giveAnew(to, "column", table.to),
    ]),
  ];
}

/** Whether anything changes where a role other than the owner gives or gave privileges. */
function isChained({ table, columns }: RelationAcls): boolean {
  const lists = [table, ...columns.values()];
  if (lists.every(({ from, to }) => changedItems(from, to).length === 0)) return false;
  return lists.some(({ from, to }) => [...from.values(), ...to.values()].some(({ grantor }) => grantor !== ownerRole));
}
