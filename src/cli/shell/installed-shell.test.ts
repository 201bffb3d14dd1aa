import { describe, expect, test } from "vitest";
import { withoutPassword } from "./installed-shell.ts";

describe("the password leaves the URL", () => {
  test.each([
    ["postgresql://ann@host/app", "postgresql://ann@host/app", null],
    [
      "postgresql://ann:s%40cret@host:5433/app?sslmode=require",
      "postgresql://ann@host:5433/app?sslmode=require",
      "s@cret",
    ],
    ["postgresql://ann:a@b:c@host/app", "postgresql://ann@host/app", "a@b:c"],
    [
      "postgresql://host/app?user=ann&password=x%20y&sslmode=require",
      "postgresql://host/app?user=ann&sslmode=require",
      "x y",
    ],
    ["postgresql:///app?host=/var/run/postgresql", "postgresql:///app?host=/var/run/postgresql", null],
    ["postgresql://:secret@/app", "postgresql:///app", "secret"],
    ["postgresql://a:1,b:2/app", "postgresql://a:1,b:2/app", null],
  ])("%s", (url, shown, password) => {
    expect(withoutPassword(url)).toEqual({ url: shown, password });
  });

  test.each(["postgresql://ann:a?b@host/app", "postgresql://host/app?sslpassword=x"])(
    "%s is left to the built-in prompt",
    (url) => {
      expect(withoutPassword(url)).toBeNull();
    },
  );
});
