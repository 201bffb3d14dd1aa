/** One indivisible piece of a plan: what must come before it, and where it would like to stand. */
export interface Action {
  readonly key: string;
  /** Lower comes earlier where nothing else decides. */
  readonly rank: number;
  /** Decides between equal ranks. */
  readonly order: string;
  /** Keys of actions that must come first; keys that no action has are ignored. */
  readonly after: ReadonlySet<string>;
}

/** An order in which every action comes after those it needs, or the keys of a cycle that makes one impossible. */
export type Ordering<A extends Action> = { readonly ordered: readonly A[] } | { readonly cycle: readonly string[] };

/** Says where an action would like to stand instead of its rank, by its key; lower comes earlier. */
export type Shuffle = (key: string) => number;

/**
 * Orders actions; the same actions always come out in the same order, whatever order they are given in. With `shuffle`, every
 * order that the needs allow can come out.
 */
export function orderActions<A extends Action>(
  actions: readonly A[],
  { shuffle }: { readonly shuffle?: Shuffle } = {},
): Ordering<A> {
  const byKey = new Map(actions.map((action) => [action.key, action]));
  const { waiting, followers } = countNeeds(actions, byKey);
  const places = shuffle === undefined ? null : new Map(actions.map(({ key }) => [key, shuffle(key)]));
  const ready = new ActionHeap<A>(({ key, rank }) => places?.get(key) ?? rank);
  for (const action of actions) if (waiting.get(action.key) === 0) ready.push(action);
  const ordered: A[] = [];
  for (let next = ready.pop(); next !== undefined; next = ready.pop()) {
    ordered.push(next);
    for (const follower of followers.get(next.key) ?? []) {
      const count = (waiting.get(follower.key) ?? 0) - 1;
      waiting.set(follower.key, count);
      if (count === 0) ready.push(follower);
    }
  }
  if (ordered.length === actions.length) return { ordered };
  return { cycle: findCycle(byKey, new Set(ordered.map((action) => action.key))) };
}

interface Needs<A extends Action> {
  /** How many actions each one still waits for. */
  readonly waiting: Map<string, number>;
  /** Who waits for an action. */
  readonly followers: ReadonlyMap<string, readonly A[]>;
}

function countNeeds<A extends Action>(actions: readonly A[], byKey: ReadonlyMap<string, A>): Needs<A> {
  const waiting = new Map<string, number>();
  const followers = new Map<string, A[]>();
  for (const action of actions) {
    const needed = [...action.after].filter((key) => key !== action.key && byKey.has(key));
    waiting.set(action.key, needed.length);
    for (const key of needed) {
      const list = followers.get(key);
      if (list === undefined) followers.set(key, [action]);
      else list.push(action);
    }
  }
  return { waiting, followers };
}

/** Walks backwards among the actions that could not be ordered until one comes back. */
function findCycle(byKey: ReadonlyMap<string, Action>, done: ReadonlySet<string>): readonly string[] {
  const path: string[] = [];
  let at = [...byKey.keys()].find((key) => !done.has(key));
  while (at !== undefined && !path.includes(at)) {
    path.push(at);
    const after: ReadonlySet<string> = byKey.get(at)?.after ?? new Set();
    const self: string = at;
    at = [...after].find((key) => key !== self && byKey.has(key) && !done.has(key));
  }
  return at === undefined ? path : path.slice(path.indexOf(at)).reverse();
}

class ActionHeap<A extends Action> {
  readonly #items: A[] = [];
  readonly #rank: (action: A) => number;

  constructor(rank: (action: A) => number) {
    this.#rank = rank;
  }

  push(action: A): void {
    const items = this.#items;
    let at = items.push(action) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!this.#isBefore(at, above)) return;
      this.#swap(at, above);
      at = above;
    }
  }

  pop(): A | undefined {
    const items = this.#items;
    const [first] = items;
    const last = items.pop();
    if (first === undefined || last === undefined || items.length === 0) return first;
    items[0] = last;
    let at = 0;
    for (;;) {
      let least = at;
      for (const below of [2 * at + 1, 2 * at + 2]) {
        if (below < items.length && this.#isBefore(below, least)) least = below;
      }
      if (least === at) return first;
      this.#swap(at, least);
      at = least;
    }
  }

  #isBefore(left: number, right: number): boolean {
    const a = this.#items[left];
    const b = this.#items[right];
    if (a === undefined || b === undefined) return false;
    const [first, second] = [this.#rank(a), this.#rank(b)];
    if (first !== second) return first < second;
    return a.order === b.order ? a.key < b.key : a.order < b.order;
  }

  #swap(left: number, right: number): void {
    const items = this.#items;
    const a = items[left];
    const b = items[right];
    if (a === undefined || b === undefined) return;
    items[left] = b;
    items[right] = a;
  }
}
