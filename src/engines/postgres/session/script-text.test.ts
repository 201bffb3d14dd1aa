import fc from "fast-check";
import { expect, test } from "vitest";
import { failedStatement, scriptText, utf16Index } from "./script-text.ts";

const statements = fc.array(fc.string({ unit: "grapheme", minLength: 1 }), { minLength: 1, maxLength: 6 });

test("a position in the request leads back to its statement and the character in it", () => {
  const property = fc.property(
    statements,
    fc.option(fc.constant("SET x")),
    fc.nat(),
    fc.nat(),
    (texts, before, a, b) => {
      const script = scriptText(texts, before);
      const statement = a % texts.length;
      const text = texts[statement] ?? "";
      const inside = b % [...text].length;
      const start = script.starts[statement] ?? 0;
      const offset = utf16Index(text, inside);
      const position = String([...script.text.slice(0, start + offset)].length + 1);
      expect(failedStatement(script, { position, finished: 0 })).toEqual({ statement, offset });
    },
  );
  fc.assert(property);
});

test("without a position the finished statements are counted", () => {
  const property = fc.property(statements, fc.boolean(), fc.nat(), (texts, prefixed, a) => {
    const script = scriptText(texts, prefixed ? "SET x" : null);
    const statement = a % texts.length;
    const finished = prefixed ? statement * 2 + 1 : statement;
    expect(failedStatement(script, { position: undefined, finished })).toEqual({ statement, offset: null });
  });
  fc.assert(property);
});

test("a comment at the end of a statement does not swallow the next one", () => {
  const { text, starts } = scriptText(["SELECT 1 -- one", "SELECT 2"]);
  expect(text.split("\n")).toEqual(["SELECT 1 -- one", ";", "SELECT 2"]);
  expect(text.slice(starts[1])).toBe("SELECT 2");
});
