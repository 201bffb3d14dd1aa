import { KeelsonError } from "../errors.ts";
import { idKey } from "./graph.ts";
import type { Revision } from "./revision.ts";

/** The revisions that count for one database, with what stands for what. */
export interface StandingRevisions {
  /** Of a squash and what it replaces, only the one or the others; whatever builds on what is left out builds on what is in. */
  readonly revisions: readonly Revision[];
  /** Squashes that count as applied because everything that they replace is, by id, with the ids that are. */
  readonly covered: ReadonlyMap<string, readonly string[]>;
}

/**
 * Chooses between squashes and what they replace, for a database that has applied these ids. The squash counts unless the
 * database stands inside its range: then the replaced revisions do, until the last of them is applied. Throws
 * `revision.missing` where the files of such a range are gone.
 */
export function standingRevisions(all: readonly Revision[], applied: ReadonlySet<string>): StandingRevisions {
  if (all.every(({ replaces }) => replaces === undefined)) return { revisions: all, covered: new Map() };
  const choice = new SquashChoice(all, applied);
  const covered = choice.decide();
  const revisions = all.flatMap((revision) => {
    const standing = choice.standing(revision);
    return standing === null ? [] : [standing];
  });
  return { revisions, covered };
}

class SquashChoice {
  readonly #all: readonly Revision[];
  readonly #byId: ReadonlyMap<string, Revision>;
  readonly #applied: ReadonlySet<string>;
  /** What is left out, by its id, with the id that stands for it. */
  readonly #instead = new Map<string, string>();

  constructor(all: readonly Revision[], applied: ReadonlySet<string>) {
    this.#all = all;
    this.#byId = new Map(all.map((revision) => [idKey(revision.id), revision]));
    this.#applied = new Set([...applied].map(idKey));
  }

  /** Decides about every squash; the result is as in `StandingRevisions`. */
  decide(): ReadonlyMap<string, readonly string[]> {
    const covered = new Map<string, readonly string[]>();
    // A squash of squashes comes after them in the folder, and decides about those that it replaces.
    for (const squash of this.#all.toReversed()) {
      const { id, replaces } = squash;
      if (replaces === undefined) continue;
      const other = this.#instead.get(idKey(id));
      if (other !== undefined) for (const part of replaces) this.#instead.set(idKey(part), other);
      else if (this.#applied.has(idKey(id)) || !replaces.some((part) => this.#isTouched(part))) this.#leaveOut(squash);
      else if (this.#isApplied(id)) {
        covered.set(id, this.#appliedParts(replaces));
        this.#leaveOut(squash);
      } else {
        const gone = replaces.filter((part) => !this.#byId.has(idKey(part)));
        if (gone.length > 0) throw insideRange(squash, gone);
        this.#instead.set(idKey(id), replaces.at(-1) ?? id);
      }
    }
    return covered;
  }

  /** The revision with what it builds on as it counts now, or null where it does not count. */
  standing(revision: Revision): Revision | null {
    const { id, parents, dependsOn } = revision;
    if (this.#instead.has(idKey(id))) return null;
    const current = (names: readonly string[]): readonly string[] =>
      [...new Set(names.map((name) => this.#current(name)))].filter((name) => name !== id);
    const [newParents, newDependsOn] = [current(parents), current(dependsOn)];
    const same = newParents.join() === parents.join() && newDependsOn.join() === dependsOn.join();
    return same ? revision : { ...revision, parents: newParents, dependsOn: newDependsOn };
  }

  #leaveOut({ id, replaces = [] }: Revision): void {
    for (const part of replaces) this.#instead.set(idKey(part), id);
  }

  #isApplied(id: string): boolean {
    if (this.#applied.has(idKey(id))) return true;
    return this.#byId.get(idKey(id))?.replaces?.every((part) => this.#isApplied(part)) ?? false;
  }

  #isTouched(id: string): boolean {
    return this.#applied.has(idKey(id)) || this.#partsOf(id).some((part) => this.#isTouched(part));
  }

  #appliedParts(ids: readonly string[]): readonly string[] {
    return ids.flatMap((id) => (this.#applied.has(idKey(id)) ? [id] : this.#appliedParts(this.#partsOf(id))));
  }

  #partsOf(id: string): readonly string[] {
    return this.#byId.get(idKey(id))?.replaces ?? [];
  }

  /** A dependency may be named by the beginning of an id. */
  #current(name: string): string {
    let key = idKey(name);
    if (!this.#instead.has(key) && !this.#byId.has(key)) {
      const begun = [...this.#instead.keys()].filter((id) => id.startsWith(name));
      if (begun.length === 1) key = begun[0] ?? key;
    }
    let found: string | undefined;
    for (let next = this.#instead.get(key); next !== undefined; next = this.#instead.get(idKey(next))) found = next;
    return found ?? name;
  }
}

function insideRange(squash: Revision, gone: readonly string[]): KeelsonError {
  const count = gone.length === 1 ? "one" : String(gone.length);
  return new KeelsonError(
    "revision.missing",
    `The database has applied a part of what ${squash.file} (${squash.id}) replaces, and the folder no longer has ${count} of the replaced revisions: ${gone.slice(0, 5).join(", ")}. Nothing was run.`,
    {
      hint: "Bring the replaced files back, as they were before they were removed, until this database has applied the last of them.",
      details: { squash: squash.id, missing: gone },
    },
  );
}
