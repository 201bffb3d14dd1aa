import { expect, test } from "vitest";
import type { RunOptions } from "../../app/run-verb.ts";
import { amount, choice, flag, list, type OptionsOf, text } from "./option.ts";
import { globalOptions, runOptions } from "./shared-options.ts";
import { verbs } from "./verbs.ts";

type Wanted = OptionsOf<RunOptions, "target" | "confirm">;

const complete = {
  yes: flag("--yes", ""),
  singleTransaction: flag("--single-transaction", ""),
  outOfOrder: choice("--out-of-order WORD", "", ["refuse", "apply"]),
  allowMissing: flag("--allow-missing", ""),
  lockRetries: amount("count", "--lock-retries N", ""),
};
const { yes: _left, ...withoutYes } = complete;

test("a table of options agrees with what its function takes: the compiler refuses every other one", () => {
  complete satisfies Wanted;
  // @ts-expect-error an option of the function is missing
  withoutYes satisfies Wanted;
  // @ts-expect-error an option that the function does not take
  ({ ...complete, nonsense: flag("--nonsense", "") }) satisfies Wanted;
  // @ts-expect-error a value of another type
  ({ ...complete, lockRetries: text("--lock-retries N", "") }) satisfies Wanted;
  // @ts-expect-error a word that the function does not know
  ({ ...complete, outOfOrder: choice("--out-of-order WORD", "", ["skip"]) }) satisfies Wanted;
  // @ts-expect-error a list where one value is wanted
  ({ ...complete, yes: list("--yes NAME", "") }) satisfies Wanted;
  expect(Object.keys(runOptions)).toEqual(expect.arrayContaining(Object.keys(complete)));
});

test("no option is written twice on one verb, and none hides an option of every verb", () => {
  for (const verb of Object.values(verbs)) {
    const all = Object.values({ ...verb.options, ...globalOptions }).flatMap(
      ({ flags }) => flags.match(/--?[a-z][a-z-]*/g) ?? [],
    );
    expect(new Set(all).size, verb.name).toBe(all.length);
    const shadowed = Object.keys(verb.options).filter((name) => name in globalOptions);
    expect(shadowed, verb.name).toEqual([]);
  }
});
