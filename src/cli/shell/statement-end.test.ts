import { describe, expect, test } from "vitest";
import { endsStatement } from "./statement-end.ts";

describe("complete", () => {
  test.each([
    "select 1;",
    "select ';';",
    "select 1; -- done",
    'select ";" from t;\n',
    "select /* ; */ 1;",
    "select $$ ; $$;",
    "select $body$ ; $$ ; $body$;",
    "select 'it''s';",
    "select a$b$c from t;",
    "select E'\\'';",
    "select /* a /* nested */ */ 1;",
    "create function f() returns int begin atomic select 1; end;",
  ])("postgres: %s", (text) => {
    expect(endsStatement(text, "postgres")).toBe(true);
  });

  test.each([
    "select [a;b] from t;",
    "select `;`;",
    "select /* a /* b */ 1;",
    "create trigger t after insert on u begin select 1; end;",
    "CREATE TEMP TRIGGER t AFTER INSERT ON u BEGIN SELECT 1; END ;",
  ])("sqlite: %s", (text) => {
    expect(endsStatement(text, "sqlite")).toBe(true);
  });
});

describe("goes on", () => {
  test.each([
    "",
    "select 1",
    "select ';",
    "select 1 -- ;",
    "select /* ;",
    "select $$ ;",
    "select $a$ ; $$ ;",
    "select E'\\';",
    "select /* a /* b */ ;",
    "create function f() returns int begin atomic select 1;",
  ])("postgres: %s", (text) => {
    expect(endsStatement(text, "postgres")).toBe(false);
  });

  test.each(["create trigger t after insert on u begin select 1;", "select [a;", "select '\\'';"])(
    "sqlite: %s",
    (text) => {
      expect(endsStatement(text, "sqlite")).toBe(false);
    },
  );
});
