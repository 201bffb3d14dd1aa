/** One statement that changes one thing, and what a comparison must find then. */
export interface Flip {
  readonly sql: string;
  /**
   * `kind:id attribute` for a change, `+kind:id` and `-kind:id` for what came and went. The first is what the statement is
   * for; the rest can't be changed apart from it.
   */
  readonly finds: readonly [string, ...string[]];
  /** The first release that has the statement. */
  readonly since: number;
}

/** A flip on every release. */
export function flip(sql: string, ...finds: readonly [string, ...string[]]): Flip {
  return { sql, finds, since: 14 };
}

/** Flips that an older release has no statement for. */
export function since(release: number, ...flips: readonly Flip[]): readonly Flip[] {
  return flips.map((one) => ({ ...one, since: release }));
}

/** The attribute that a flip is for: `table.unlogged`, or `table.id` for one that makes or takes away an object. */
export function attributeOf({ finds: [first] }: Flip): string {
  const [object = "", attribute] = first.replace(/^[+-]/, "").split(/ (?=\S+$)/);
  const kind = object.slice(0, object.indexOf(":"));
  return /^[+-]/.test(first) ? `${kind}.id` : `${kind}.${attribute}`;
}
