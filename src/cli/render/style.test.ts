import { expect, test } from "vitest";
import { unicodeShown } from "./style.ts";

test.each([
  [{}, true],
  [{ LANG: "C.UTF-8" }, true],
  [{ LANG: "de_DE.utf8" }, true],
  [{ LANG: "C" }, false],
  [{ LC_ALL: "POSIX", LANG: "en_US.UTF-8" }, false],
  [{ LC_CTYPE: "en_US.UTF-8", LANG: "C" }, true],
  [{ LANG: "en_US.ISO-8859-1" }, false],
  [{ TERM: "linux", LANG: "en_US.UTF-8" }, false],
])("%j", (variables, shown) => {
  expect(unicodeShown(variables)).toBe(shown);
});
