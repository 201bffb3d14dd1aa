import { expect, test } from "vitest";
import type { CatalogDifference } from "../../catalog/compare.ts";
import { differenceLines } from "./differences.ts";
import { withoutColours } from "./style.ts";

const style = { colour: withoutColours, unicode: false, width: null };

const added = (kind: CatalogDifference["kind"], id: string): CatalogDifference => ({
  id: `${kind}:${id}`,
  kind,
  name: id,
  what: "added",
  attributes: [],
});

test("counts the parts of a table that comes, in words that are right for one and for several", () => {
  const differences = [
    added("table", "public.posts"),
    added("column", "public.posts.id"),
    added("index", "public.posts.one"),
    added("index", "public.posts.two"),
    added("policy", "public.posts.own"),
    added("policy", "public.posts.all"),
  ];
  expect(differenceLines(differences, style)).toEqual(["+ table  public.posts  (1 column, 2 indexes, 2 policies)"]);
});
