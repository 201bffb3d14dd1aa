import { KeelsonError } from "../errors.ts";
import type { Revision } from "./revision.ts";

/** The whole history as a directed acyclic graph. Every list is in topological order, oldest first. */
export interface History {
  /** Parents and dependencies before what builds on them; files that came first, first. */
  readonly revisions: readonly Revision[];
  /** Revisions that are nobody's parent. */
  readonly heads: readonly Revision[];
  /** Revisions without a parent. */
  readonly bases: readonly Revision[];
  /** Who carries each label. */
  readonly labels: ReadonlyMap<string, Revision>;
  get(id: string): Revision | undefined;
  parents(revision: Revision): readonly Revision[];
  children(revision: Revision): readonly Revision[];
  /** Parents and dependencies. */
  requirements(revision: Revision): readonly Revision[];
  /** Children, and revisions that depend on it. */
  dependants(revision: Revision): readonly Revision[];
}

interface Links {
  readonly parents: Map<string, Revision[]>;
  readonly children: Map<string, Revision[]>;
  readonly requirements: Map<string, Revision[]>;
  readonly dependants: Map<string, Revision[]>;
}

/**
 * Builds the graph, or throws what makes it no history: `history.duplicate-id`, `history.duplicate-label`,
 * `history.missing-parent`, `history.cycle`. Linear in revisions and links, but for the queue that orders them.
 */
export function buildHistory(revisions: readonly Revision[]): History {
  const byId = indexById(revisions);
  const labels = indexLabels(revisions, byId);
  const links = link(revisions, byId, labels);
  const ordered = topologicalOrder(revisions, links);
  return {
    revisions: ordered,
    heads: ordered.filter((revision) => (links.children.get(revision.id) ?? []).length === 0),
    bases: ordered.filter((revision) => revision.parents.length === 0),
    labels,
    get: (id) => byId.get(id),
    parents: (revision) => links.parents.get(revision.id) ?? [],
    children: (revision) => links.children.get(revision.id) ?? [],
    requirements: (revision) => links.requirements.get(revision.id) ?? [],
    dependants: (revision) => links.dependants.get(revision.id) ?? [],
  };
}

/** Everything reachable from the given revisions, themselves included, over one kind of link. */
export function reach(
  from: Iterable<Revision>,
  next: (revision: Revision) => readonly Revision[],
): ReadonlySet<Revision> {
  const seen = new Set<Revision>(from);
  const queue = [...seen];
  for (let revision = queue.pop(); revision !== undefined; revision = queue.pop()) {
    for (const other of next(revision)) {
      if (!seen.has(other)) {
        seen.add(other);
        queue.push(other);
      }
    }
  }
  return seen;
}

function indexById(revisions: readonly Revision[]): Map<string, Revision> {
  const byId = new Map<string, Revision>();
  for (const revision of revisions) {
    const other = byId.get(revision.id);
    if (other !== undefined) {
      throw new KeelsonError("history.duplicate-id", `${other.file} and ${revision.file} have the same id ${revision.id}.`, {
        hint: "An id belongs to one revision for ever. Was a file copied? Give the newer one an id of its own.",
        details: { id: revision.id, files: [other.file, revision.file] },
      });
    }
    byId.set(revision.id, revision);
  }
  return byId;
}

function indexLabels(revisions: readonly Revision[], byId: ReadonlyMap<string, Revision>): Map<string, Revision> {
  const labels = new Map<string, Revision>();
  for (const revision of revisions) {
    for (const label of revision.labels) {
      const other = labels.get(label) ?? byId.get(label);
      if (other !== undefined) {
        throw new KeelsonError("history.duplicate-label", `The label ${label} of ${revision.file} is already ${byId.has(label) ? "the id" : "a label"} of ${other.file}.`, {
          hint: "A label names one branch. Choose another.",
          details: { label, files: [other.file, revision.file] },
        });
      }
      labels.set(label, revision);
    }
  }
  return labels;
}

function link(
  revisions: readonly Revision[],
  byId: ReadonlyMap<string, Revision>,
  labels: ReadonlyMap<string, Revision>,
): Links {
  const links: Links = { parents: new Map(), children: new Map(), requirements: new Map(), dependants: new Map() };
  const add = (map: Map<string, Revision[]>, key: string, value: Revision): void => {
    const list = map.get(key);
    if (list === undefined) map.set(key, [value]);
    else if (!list.includes(value)) list.push(value);
  };
  for (const revision of revisions) {
    for (const id of revision.parents) {
      const parent = byId.get(id);
      if (parent === undefined) throw missing(revision, id, "parent");
      add(links.parents, revision.id, parent);
      add(links.children, parent.id, revision);
      add(links.requirements, revision.id, parent);
      add(links.dependants, parent.id, revision);
    }
    for (const name of revision.dependsOn) {
      const needed = byId.get(name) ?? labels.get(name) ?? uniquePrefix(revisions, name);
      if (needed === undefined) throw missing(revision, name, "dependency");
      add(links.requirements, revision.id, needed);
      add(links.dependants, needed.id, revision);
    }
  }
  return links;
}

function uniquePrefix(revisions: readonly Revision[], prefix: string): Revision | undefined {
  const found = revisions.filter((revision) => revision.id.startsWith(prefix));
  return found.length === 1 ? found[0] : undefined;
}

function missing(revision: Revision, name: string, role: "parent" | "dependency"): KeelsonError {
  return new KeelsonError("history.missing-parent", `${revision.file} names ${name} as its ${role}, and no revision has that id${role === "dependency" ? " or label" : ""}.`, {
    hint: "Is a file missing from this checkout, or was it renamed together with its id?",
    details: { id: revision.id, file: revision.file, missing: name },
  });
}

/** Kahn's algorithm with a heap on the files' order, so that equal histories are always ordered equally. */
function topologicalOrder(revisions: readonly Revision[], links: Links): readonly Revision[] {
  const waiting = new Map<string, number>();
  const ready = new RevisionHeap();
  for (const revision of revisions) {
    const count = links.requirements.get(revision.id)?.length ?? 0;
    waiting.set(revision.id, count);
    if (count === 0) ready.push(revision);
  }
  const ordered: Revision[] = [];
  for (let next = ready.pop(); next !== undefined; next = ready.pop()) {
    ordered.push(next);
    for (const dependant of links.dependants.get(next.id) ?? []) {
      const left = (waiting.get(dependant.id) ?? 0) - 1;
      waiting.set(dependant.id, left);
      if (left === 0) ready.push(dependant);
    }
  }
  if (ordered.length < revisions.length) throw cycle(new Set(ordered), revisions, links);
  return ordered;
}

/** Walks requirements among what could not be ordered until a revision comes up twice: that is a cycle. */
function cycle(ordered: ReadonlySet<Revision>, revisions: readonly Revision[], links: Links): KeelsonError {
  const path: Revision[] = [];
  let next = revisions.find((revision) => !ordered.has(revision));
  while (next !== undefined && !path.includes(next)) {
    path.push(next);
    next = (links.requirements.get(next.id) ?? []).find((needed) => !ordered.has(needed));
  }
  const ids = path.slice(next === undefined ? 0 : path.indexOf(next)).map((revision) => revision.id);
  return new KeelsonError("history.cycle", `Revisions build on each other in a circle: ${[...ids, ids[0]].join(" → ")}.`, {
    hint: "Correct the parents or depends-on line of one of these files.",
    details: { ids, files: path.map((revision) => revision.file) },
  });
}

/** A binary heap of revisions by their place in the folder. */
class RevisionHeap {
  readonly #items: Revision[] = [];

  push(revision: Revision): void {
    const items = this.#items;
    items.push(revision);
    let at = items.length - 1;
    while (at > 0) {
      const up = (at - 1) >> 1;
      if (this.#order(up) <= this.#order(at)) break;
      this.#swap(at, up);
      at = up;
    }
  }

  pop(): Revision | undefined {
    const items = this.#items;
    const first = items[0];
    const last = items.pop();
    if (first === undefined || last === undefined || items.length === 0) return first;
    items[0] = last;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const smaller = this.#order(left + 1) < this.#order(left) ? left + 1 : left;
      if (this.#order(at) <= this.#order(smaller)) return first;
      this.#swap(at, smaller);
      at = smaller;
    }
  }

  #order(at: number): number {
    return this.#items[at]?.sequence ?? Number.POSITIVE_INFINITY;
  }

  #swap(a: number, b: number): void {
    const [x, y] = [this.#items[a], this.#items[b]];
    if (x === undefined || y === undefined) return;
    this.#items[a] = y;
    this.#items[b] = x;
  }
}
