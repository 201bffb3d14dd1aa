import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type OpenPlaces, openPlaces } from "../corpus/case-places.ts";
import { runCase } from "../corpus/run-case.ts";

// Each run makes two schemas and reads both back by a dump as well.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 120_000 });

let places: OpenPlaces;

beforeAll(async () => {
  places = await openPlaces("pglite");
});

afterAll(async () => {
  await places?.close();
});

const types = ["integer", "text", "numeric(8,2)", "date", "mood"] as const;
const names = ["a", "b", "c", "My Name", "select", "ä.ö"] as const;

/** A table: its columns in order, and whether it has a key, an index and a view. */
const table = fc.record({
  columns: fc.array(fc.constantFrom(...types), { minLength: 1, maxLength: 5 }),
  key: fc.boolean(),
  index: fc.boolean(),
  view: fc.boolean(),
});

/** The same things by two sets of names: both are some order of one list, so that names are exchanged and in chains. */
const pair = fc.record({
  tables: fc.array(table, { minLength: 1, maxLength: 4 }),
  old: fc.shuffledSubarray([...names], { minLength: 6 }),
  current: fc.shuffledSubarray([...names], { minLength: 6 }),
  columnsOf: fc.nat({ max: 5 }),
});

type Drawn = typeof pair extends fc.Arbitrary<infer Value> ? Value : never;

const quoted = (name: string | undefined): string => `"${name}"`;

function script({ tables }: Drawn, list: readonly string[], columns: readonly string[]): string {
  const made = tables.map(({ columns: kinds, key, index, view }, number) => {
    const name = quoted(list[number]);
    const parts = kinds.map((type, place) => `${quoted(columns[place])} ${type}`);
    const first = quoted(columns[0]);
    return [
      `CREATE TABLE ${name} (${[...parts, ...(key ? [`CONSTRAINT key_${number} PRIMARY KEY (${first})`] : [])].join(", ")})`,
      ...(index
        ? [`CREATE INDEX index_${number} ON ${name} (${quoted(columns[kinds.length - 1])}) WHERE ${first} IS NOT NULL`]
        : []),
      ...(view ? [`CREATE VIEW view_${number} AS SELECT ${first} AS shown FROM ${name}`] : []),
    ].join(";\n");
  });
  return ["CREATE TYPE mood AS ENUM ('sad', 'ok')", ...made].join(";\n");
}

/** The columns' names rotated, so that each of them has another one's. */
function rotated(by: number): readonly string[] {
  return names.map((_, index) => names[(index + by) % names.length] ?? "");
}

test("whatever gets another name, plans lead there and back, and every row is kept", async () => {
  await fc.assert(
    fc.asyncProperty(pair, async (drawn) => {
      const columns = rotated(drawn.columnsOf);
      const renames = drawn.tables.flatMap(({ columns: kinds }, number): readonly string[] => {
        const [old, current] = [quoted(drawn.old[number]), quoted(drawn.current[number])];
        const parts = kinds.flatMap((_, place) => {
          const [from, to] = [quoted(names[place]), quoted(columns[place])];
          return from === to ? [] : [`column:public.${old}.${from}:public.${current}.${to}`];
        });
        return [...(old === current ? [] : [`table:public.${old}:public.${current}`]), ...parts];
      });
      const values = ["1", "'x'", "2.5", "'2020-02-02'", "'sad'"];
      const rows = drawn.tables.map(({ columns: kinds }, number) => {
        const row = kinds.map((type) => values[types.indexOf(type)]).join(", ");
        return `INSERT INTO ${quoted(drawn.old[number])} VALUES (${row})`;
      });
      const outcomes = await runCase(
        {
          name: "drawn",
          places: ["pglite"],
          roles: [],
          refused: [],
          obstacles: [],
          maps: [],
          renames,
          from: script(drawn, drawn.old, names),
          to: script(drawn, drawn.current, columns),
          rows: { from: rows.join(";\n"), to: "" },
        },
        places,
      );
      for (const { result, detail, plan } of outcomes) {
        expect(result, `${detail}\n${renames.join(", ")}\n${plan.join(";\n")}`).toBe("converged");
        expect(plan.filter((sql) => !/ RENAME (TO|COLUMN) /.test(sql))).toEqual([]);
      }
    }),
    { numRuns: 15 },
  );
});
