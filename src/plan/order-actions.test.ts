import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Action, orderActions } from "./order-actions.ts";

const action = (key: string, rank: number, after: readonly string[] = []): Action => ({
  key,
  rank,
  order: key,
  after: new Set(after),
});

/** Actions of which each may need only those with a lower number, so that there is always an order. */
const acyclic = fc
  .array(fc.record({ rank: fc.integer({ min: 0, max: 5 }), needs: fc.array(fc.nat(40)) }), {
    maxLength: 40,
  })
  .map((specs) =>
    specs.map(({ rank, needs }, index) =>
      action(
        `a${index}`,
        rank,
        needs.filter((need) => need < index).map((need) => `a${need}`),
      ),
    ),
  );

describe("an order", () => {
  test("has every action once, after all that it needs", () => {
    fc.assert(
      fc.property(acyclic, (actions) => {
        const result = orderActions(actions);
        if (!("ordered" in result)) throw new Error("A cycle was seen where there is none.");
        const places = new Map(result.ordered.map(({ key }, place) => [key, place]));
        expect(places.size).toBe(actions.length);
        for (const { key, after } of actions) {
          for (const need of after) expect(places.get(need)).toBeLessThan(places.get(key) ?? -1);
        }
      }),
    );
  });

  test("is the same however the actions are given", () => {
    fc.assert(
      fc.property(acyclic, (actions) => {
        expect(orderActions(actions.toReversed())).toEqual(orderActions(actions));
      }),
    );
  });

  test("is any that the needs allow when shuffled", () => {
    const actions = [action("a", 0), action("b", 1, ["a"]), action("c", 2)];
    const orders = ["abc", "acb", "cab"].map((wanted) => {
      const result = orderActions(actions, { shuffle: (key) => wanted.indexOf(key) });
      return "ordered" in result ? result.ordered.map(({ key }) => key).join("") : "";
    });
    expect(orders).toEqual(["abc", "acb", "cab"]);
    const wrong = orderActions(actions, { shuffle: (key) => "bca".indexOf(key) });
    expect("ordered" in wrong && wrong.ordered.map(({ key }) => key)).toEqual(["c", "a", "b"]);
  });

  test("follows the ranks where nothing else decides", () => {
    const result = orderActions([action("late", 9), action("early", 1), action("held", 0, ["late"])]);
    expect("ordered" in result && result.ordered.map(({ key }) => key)).toEqual(["early", "late", "held"]);
  });
});

test("a circle is named, without what only hangs on it", () => {
  const result = orderActions([
    action("a", 0, ["b"]),
    action("b", 0, ["c"]),
    action("c", 0, ["a"]),
    action("d", 0, ["a"]),
  ]);
  expect("cycle" in result && [...result.cycle].sort()).toEqual(["a", "b", "c"]);
});
