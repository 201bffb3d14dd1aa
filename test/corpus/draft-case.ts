import { draftPlan } from "../../src/app/draft-plan.ts";
import { RenameAnswers } from "../../src/app/rename-answers.ts";
import type { Catalog } from "../../src/catalog/catalog.ts";
import { plainPart, splitOutsideQuotes } from "../../src/catalog/object-id.ts";
import type { ValueMap } from "../../src/diff/value-maps.ts";
import type { Engine } from "../../src/engines/engine.ts";
import { isKeelsonError } from "../../src/errors.ts";
import type { Shuffle } from "../../src/plan/order-actions.ts";
import type { Plan } from "../../src/plan/plan.ts";
import type { CaseDatabase } from "./case-database.ts";
import type { CorpusCase } from "./read-cases.ts";

/** A plan, or why there is none: `refused: ...` for `plan.impossible`, `failed: ...` for anything else. */
export type Planned =
  | { readonly plan: Plan; readonly refusal: null }
  | { readonly plan: null; readonly refusal: string };

/** What a case says, for each way, of the values of enums: what becomes of which in rows. */
export interface CaseMaps {
  readonly up: readonly ValueMap[];
  readonly down: readonly ValueMap[];
}

/** The value maps of a case for its two catalogs. */
export function caseMaps({ maps }: Pick<CorpusCase, "maps">, from: Catalog, to: Catalog): CaseMaps {
  return { up: readMaps(maps, to), down: readMaps(maps, from) };
}

interface Side {
  readonly database: CaseDatabase;
  readonly catalog: Catalog;
}

/** Both plans of a case as `create` makes them; each database has to hold its side's schema. */
export async function draftCase(
  corpusCase: Pick<CorpusCase, "renames" | "maps">,
  { from, to }: { readonly from: Side; readonly to: Side },
  shuffle?: Shuffle,
): Promise<{ readonly up: Planned; readonly back: Planned }> {
  try {
    const { up, back } = await draft(from, to, { ...corpusCase, shuffle });
    return {
      up: { plan: up, refusal: null },
      back:
        "plan" in back ? { plan: back.plan, refusal: null } : { plan: null, refusal: `refused: ${back.impossible}` },
    };
  } catch (error) {
    const up = { plan: null, refusal: refusalText(error) };
    const renames = corpusCase.renames.map((text) => splitOutsideQuotes(text, ":").toReversed().join(":"));
    try {
      return { up, back: { plan: (await draft(to, from, { renames, maps: [], shuffle })).up, refusal: null } };
    } catch (other) {
      return { up, back: { plan: null, refusal: refusalText(other) } };
    }
  }
}

interface Told extends Pick<CorpusCase, "renames" | "maps"> {
  readonly shuffle: Shuffle | undefined;
}

async function draft(current: Side, desired: Side, told: Told): ReturnType<typeof draftPlan> {
  const { engine } = current.database;
  return await draftPlan({
    engine: told.shuffle === undefined ? engine : shuffled(engine, told.shuffle),
    current: current.catalog,
    desired: desired.catalog,
    renames: new RenameAnswers({ renames: told.renames }, "left open"),
    maps: caseMaps(told, current.catalog, desired.catalog),
    after: {
      current: (statements) => after(current, statements),
      desired: (statements) => after(desired, statements),
    },
  });
}

function shuffled(engine: Engine, shuffle: Shuffle): Pick<Engine, "planChanges"> {
  return { planChanges: (from, to, options) => engine.planChanges(from, to, { ...options, shuffle }) };
}

/** What a side becomes when statements run on it; it stays as it is. */
async function after({ database }: Side, statements: readonly string[]): Promise<Catalog> {
  const { engine, session } = database;
  try {
    await session.script([engine.sql.begin, ...statements]);
    return await engine.introspect(session);
  } finally {
    await session.rollback();
  }
}

/** `type:old=new` for the enums of a catalog; those of values that it still has are for the other way. */
function readMaps(texts: readonly string[], catalog: Catalog): readonly ValueMap[] {
  return texts.flatMap((text) => {
    const [, type = "", from = "", to = ""] = /^(.*):([^:=]*)=(.*)$/.exec(text) ?? [];
    const wanted = splitOutsideQuotes(type, ".").map(plainPart).join(".");
    const found = catalog.objects.find(
      ({ kind, name }) => kind === "enum" && (name === wanted || name.endsWith(`.${wanted}`)),
    );
    const values = (found?.attributes["labels"] ?? []) as readonly string[];
    if (found === undefined || values.includes(from)) return [];
    return [{ enum: found.id, from, to: to === "" ? null : to }];
  });
}

function refusalText(error: unknown): string {
  if (isKeelsonError(error, "plan.impossible")) return `refused: ${error.message}`;
  return `failed: ${error instanceof Error ? error.message : String(error)}`;
}
