import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatDuration, parseDuration } from "./duration.ts";

describe("parseDuration", () => {
  it.each([
    [0, 0],
    [1500, 1500],
    [1.4, 1],
    ["1500", 1500],
    ["500ms", 500],
    ["5s", 5000],
    [" 5 s ", 5000],
    ["2.5s", 2500],
    ["2m", 120_000],
    ["1h30m", 5_400_000],
    ["1h 30m 5s", 5_405_000],
    ["2d", 172_800_000],
  ])("reads %j as %d ms", (value, milliseconds) => {
    expect(parseDuration(value)).toBe(milliseconds);
  });

  it.each([
    -1,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    "",
    " ",
    "s",
    "-5s",
    "5 parsecs",
    "5S",
    "1e3",
    "5s!",
    "s5",
    null,
    undefined,
    {},
    [5],
    "9".repeat(30),
  ])("refuses %j", (value) => {
    expect(parseDuration(value)).toBeNull();
  });

  it("adds up any parts", () => {
    const part = fc.tuple(
      fc.nat(999),
      fc.constantFrom(["ms", 1], ["s", 1000], ["m", 60_000], ["h", 3_600_000] as const),
    );
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
        const text = parts.map(([amount, [unit]]) => `${amount}${unit}`).join("");
        expect(parseDuration(text)).toBe(parts.reduce((sum, [amount, [, ms]]) => sum + amount * Number(ms), 0));
      }),
    );
  });
});

describe("formatDuration", () => {
  it.each([
    [0, "0 ms"],
    [-5, "0 ms"],
    [12.4, "12 ms"],
    [999, "999 ms"],
    [1000, "1 s"],
    [1234, "1.23 s"],
    [12_345, "12.3 s"],
    [59_949, "59.9 s"],
    [59_950, "1 m"],
    [125_000, "2 m 5 s"],
    [3_600_000, "1 h"],
    [5_400_000, "1 h 30 m"],
    [90_000_000, "1 d 1 h"],
  ])("writes %d ms as %s", (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });

  it("writes what parseDuration reads, to within a unit", () => {
    fc.assert(
      fc.property(fc.nat(3_000_000_000), (milliseconds) => {
        const read = parseDuration(formatDuration(milliseconds));
        expect(read).not.toBeNull();
        expect(Math.abs((read ?? 0) - milliseconds)).toBeLessThanOrEqual(Math.max(50, milliseconds * 0.03));
      }),
    );
  });
});
