import { expect, it } from "vitest";
import { orderViews } from "./order-views.ts";

const view = (name: string, sql: string) => ({ name, sql });
const names = (...views: readonly { readonly name: string; readonly sql: string }[]) =>
  orderViews(views).map(({ name }) => name);

it("puts a view after those that its query names, and keeps the order otherwise", () => {
  expect(names(view("c", 'from "b"'), view("x", "select 1"), view("b", "from a, t"), view("a", "from t"))).toEqual([
    "a",
    "b",
    "c",
    "x",
  ]);
});

it("takes only whole words for names", () => {
  expect(names(view("z", "from users_all, all_users, $users"), view("users", "from t"))).toEqual(["z", "users"]);
});

it("leaves views that name each other as they are", () => {
  expect(names(view("a", "from b"), view("b", "from a"))).toHaveLength(2);
});
