import { describe, expect, test } from "vitest";
import type { MakeEngine } from "./engine-under-test.ts";
import { failure, given } from "./given.ts";

export function describeParsing(make: MakeEngine): void {
  describe("parsing", () => {
    test(
      "statements know their text and their place",
      given(make, async ({ engine }) => {
        const script =
          "-- first; comment\n\nCREATE TABLE a (x text DEFAULT ';');\n  /* ; */ INSERT INTO a VALUES ('it''s;') ; ;\n\nSELECT\n1 -- end";
        const parsed = await engine.parse(script);
        expect(parsed.map(({ sql, line }) => [sql.replace(/^(?:--.*\s+|\/\*.*\*\/\s*)+/, ""), line])).toEqual([
          ["CREATE TABLE a (x text DEFAULT ';')", 3],
          ["INSERT INTO a VALUES ('it''s;')", 4],
          [expect.stringMatching(/^SELECT\n1/), 6],
        ]);
        for (const { sql, offset } of parsed) expect(script.slice(offset, offset + sql.length)).toBe(sql);
      }),
    );

    test(
      "nothing but blanks and comments is no statement",
      given(make, async ({ engine }) => {
        for (const script of ["", "\n\n", "-- only this", ";;;", "/* a */ ; -- b\n"])
          expect(await engine.parse(script)).toEqual([]);
      }),
    );

    test(
      "what is parsed can be run",
      given(make, async ({ engine, session, samples }) => {
        const parsed = await engine.parse(`${samples.schema.join(";\n\n")};\n`);
        expect(parsed).toHaveLength(samples.schema.length);
        expect(await session.script(parsed.map((statement) => statement.sql))).toHaveLength(parsed.length);
      }),
    );

    test(
      "modes",
      given(make, async ({ engine, samples }) => {
        for (const [statement, mode] of samples.modes) {
          const parsed = await engine.parse(statement);
          expect([statement, ...parsed.map((one) => one.mode)]).toEqual([statement, mode]);
        }
      }),
    );

    test(
      "what destroys rows is said in words",
      given(make, async ({ engine, samples }) => {
        for (const [statement, words] of samples.destroys) {
          const [parsed] = await engine.parse(statement);
          if (words === null) expect([statement, parsed?.destroys]).toEqual([statement, null]);
          else expect(parsed?.destroys, statement).toMatch(words);
        }
      }),
    );

    test(
      "what the grammar refuses is refused with its line",
      given(make, async ({ engine, samples }) => {
        for (const [script, line] of samples.syntax) {
          const refused = await failure(engine.parse(script), "revision.syntax");
          expect([script, refused.details["line"]]).toEqual([script, line]);
        }
      }),
    );
  });
}
