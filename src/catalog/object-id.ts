/** The parts of an object's id after its kind, each quoted as SQL needs it: `column:public."My Table".id` has three. */
export function idParts(id: string): readonly string[] {
  const parts: string[] = [];
  let part = "";
  let quoted = false;
  for (const character of sqlName(id)) {
    if (character === '"') quoted = !quoted;
    if (character === "." && !quoted) {
      parts.push(part);
      part = "";
    } else part += character;
  }
  return [...parts, part];
}

/** The id without its kind: the object's qualified name as SQL takes it, for kinds whose names are global in a schema. */
export function sqlName(id: string): string {
  return id.slice(id.indexOf(":") + 1);
}

/** The last part of an id, quoted: the object's own name. */
export function ownName(id: string): string {
  return idParts(id).at(-1) ?? "";
}

/** A quoted part as the name it stands for. */
export function unquoted(part: string): string {
  return part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part;
}
