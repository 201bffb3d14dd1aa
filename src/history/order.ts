import type { Revision } from "./revision.ts";

/** The links that an order depends on. */
export interface OrderLinks {
  requirements(revision: Revision): readonly Revision[];
  dependants(revision: Revision): readonly Revision[];
}

/**
 * Revisions with parents and dependencies before what builds on them, and otherwise in the order of the folder; null
 * when there is a cycle.
 */
export function topologicalOrder(revisions: readonly Revision[], links: OrderLinks): readonly Revision[] | null {
  const inFolder = isSorted(revisions) ? revisions : revisions.toSorted((a, b) => a.sequence - b.sequence);
  const places = new Map<Revision, number>();
  for (const [place, revision] of inFolder.entries()) places.set(revision, place);
  const waitsFor = inFolder.map((revision) => links.requirements(revision).length);
  const ready = new Smallest();
  for (const [place, count] of waitsFor.entries()) if (count === 0) ready.add(place);
  const ordered: Revision[] = [];
  for (let place = ready.take(); place !== undefined; place = ready.take()) {
    const revision = inFolder[place];
    if (revision === undefined) break;
    ordered.push(revision);
    for (const dependant of links.dependants(revision)) {
      const at = places.get(dependant) ?? -1;
      const left = (waitsFor[at] ?? 0) - 1;
      waitsFor[at] = left;
      if (left === 0) ready.add(at);
    }
  }
  return ordered.length === revisions.length ? ordered : null;
}

/** Whether revisions are listed as the folder lists their files. */
export function isSorted(revisions: readonly Revision[]): boolean {
  return revisions.every((revision, place) => revision.sequence >= (revisions[place - 1]?.sequence ?? 0));
}

/** A heap of numbers that gives back the smallest first. */
class Smallest {
  private readonly heap: number[] = [];

  add(value: number): void {
    const { heap } = this;
    let at = heap.length;
    heap.push(value);
    while (at > 0) {
      const above = (at - 1) >> 1;
      if ((heap[above] ?? 0) <= value) break;
      heap[at] = heap[above] ?? 0;
      at = above;
    }
    heap[at] = value;
  }

  take(): number | undefined {
    const { heap } = this;
    const smallest = heap[0];
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return smallest;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      if (left >= heap.length) break;
      const right = left + 1;
      const below = right < heap.length && (heap[right] ?? 0) < (heap[left] ?? 0) ? right : left;
      if ((heap[below] ?? 0) >= last) break;
      heap[at] = heap[below] ?? 0;
      at = below;
    }
    heap[at] = last;
    return smallest;
  }
}
