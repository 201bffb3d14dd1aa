import type { Engine, Session } from "../../../../src/engines/engine.ts";

/**
 * The attributes that the readings of a catalog give, those without a value included: the same queries are run with
 * nothing left out, on a database that has something of each kind.
 */
export async function registeredAttributes(engine: Engine, session: Session): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const sql of await queriesOf(engine, session)) {
    if (!sql.includes(" AS attributes")) continue;
    const { rows } = await session.query<{ readonly id?: string; readonly attributes: string }>(
      sql.replaceAll("jsonb_strip_nulls(", "("),
    );
    for (const { id, attributes } of rows) {
      if (id === undefined) continue;
      const kind = id.slice(0, id.indexOf(":"));
      for (const name of Object.keys(JSON.parse(attributes) as object)) found.add(`${kind}.${name}`);
    }
  }
  return [...found].sort();
}

/** The statements of one reading, as they are sent. */
async function queriesOf(engine: Engine, session: Session): Promise<readonly string[]> {
  const sent: string[] = [];
  const script: Session["script"] = session.script.bind(session);
  const watched = session as { script: Session["script"] };
  watched.script = (statements) => {
    sent.push(...statements);
    return script(statements);
  };
  try {
    await engine.introspect(session);
  } finally {
    watched.script = script;
  }
  return sent;
}
