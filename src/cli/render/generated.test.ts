import { expect, test } from "vitest";
import type { ChangesFound, GeneratedBody, ProvenBody } from "../../app/generate.ts";
import { createText, planText } from "./generated.ts";
import { type Style, withoutColours } from "./style.ts";

const style: Style = { colour: withoutColours, unicode: true, width: null };

const body: GeneratedBody = {
  dialect: "postgres",
  differences: [],
  statements: ["create column public.users.age"],
  losses: [],
  requirements: ["rows of public.users, which have no value for age"],
  irreversible: null,
  left: ["order of the columns of public.users: new ones come last"],
  up: "ALTER TABLE public.users ADD COLUMN age integer NOT NULL;",
  down: "ALTER TABLE public.users DROP COLUMN age;",
  require: "SELECT id FROM public.users;",
  requireDown: "",
};

test("what a revision leaves as it is is told by plan, and what it may fail on by create", () => {
  const proof: ProvenBody["proof"] = {
    dialect: "postgres",
    outcome: "proven",
    reversible: true,
    servers: [],
    notOn: [],
  };
  const written = { outcome: "written", id: "a", message: "age", parents: [], files: [], read: [] } as const;
  const created = createText({ ...written, bodies: [{ ...body, proof }] }, style);
  expect(created).toContain("refused while there are rows of public.users");
  expect(created).not.toContain("order of the columns");
  const changes: ChangesFound = { outcome: "changes", bodies: [body], questions: [], read: [] };
  expect(planText(changes, style).match(/order of the columns/g)).toHaveLength(1);
  expect(createText(changes, style)).toContain("refused while there are rows of public.users");
});
