/** What a test says of a revision with a header; everything but the id and the SQL has a default. */
export interface RevisionText {
  readonly id: string;
  readonly up: string;
  readonly down?: string;
  readonly verify?: string;
  readonly parents?: readonly string[];
  readonly dependsOn?: readonly string[];
  readonly labels?: readonly string[];
  readonly transaction?: "none";
  readonly transactionDown?: "none";
}

/** Twelve hexadecimal digits that are easy to recognise: `a` becomes `aaaaaaaaaaaa`. */
export function id(letter: string): string {
  return letter.repeat(12).slice(0, 12);
}

/** The text of a revision file with a header. */
export function revisionText(revision: RevisionText): string {
  const { down, verify, parents = [], dependsOn = [], labels = [], transaction, transactionDown } = revision;
  const lines = [
    "-- keelson",
    `-- id: ${revision.id}`,
    `-- parents: ${parents.join(", ")}`,
    `-- message: revision ${revision.id[0]}`,
  ];
  if (labels.length > 0) lines.push(`-- labels: ${labels.join(", ")}`);
  if (dependsOn.length > 0) lines.push(`-- depends-on: ${dependsOn.join(", ")}`);
  if (transaction !== undefined) lines.push(`-- transaction: ${transaction}`);
  if (transactionDown !== undefined) lines.push(`-- transaction-down: ${transactionDown}`);
  lines.push("", "-- keelson:up", revision.up);
  if (down !== undefined) lines.push("-- keelson:down", down);
  if (verify !== undefined) lines.push("-- keelson:verify", verify);
  return `${lines.join("\n")}\n`;
}

/** Files of one revision each, which create and drop the table that is named like the revision. */
export function tableRevisions(
  graph: Readonly<Record<string, Partial<Omit<RevisionText, "id">>>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(graph).map(([letter, revision], index) => [
      `2024010100000${index}_${letter}.sql`,
      revisionText({
        up: `create table t_${letter} (id integer primary key);`,
        down: `drop table t_${letter};`,
        ...revision,
        id: id(letter),
      }),
    ]),
  );
}
