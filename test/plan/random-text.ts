/** A name as SQL takes it. */
export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as SQL takes it. */
export function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** What can be in a name: small letters, big ones, words of SQL, quotes, dots, other alphabets, 63 bytes. */
const names: Readonly<Record<string, string>> = {
  schema: "Second.Schema",
  enum: "Énum type",
  domain: "check",
  composite: 'comp"osite',
  range: "räng",
  sequence: "seq;uence",
  routine: "Add'Some",
  note: "note_change",
  rule: "value rule",
  table0: "user",
  table1: 'Ключи и "ключ"',
  table2: "a_name_as_long_as_names_may_be_which_is_sixty_three_bytes_in_all",
  partitioned: "Events.2024",
  partindex: "ix: n",
  bound: "n > 0",
  heir: "heir of all",
  view: "select",
  upper: "UPPER view",
  kept: "$kept$",
  keptindex: "kept--index",
  publication: "news paper",
};

/** The odd name of one of the objects that made-up schemas have, quoted. */
export function named(object: string): string {
  return quote((names[object] ?? object).slice(0, 63));
}
