/** The parts of an object's id after its kind, each quoted as SQL needs it: `column:public."My Table".id` has three. */
export function idParts(id: string): readonly string[] {
  return splitOutsideQuotes(sqlName(id), ".");
}

/** The id that these parts, already quoted, make with the kind of another id. */
export function withParts(id: string, parts: readonly string[]): string {
  return `${id.slice(0, id.indexOf(":"))}:${parts.join(".")}`;
}

/** The id without its kind: the object's qualified name as SQL takes it, for kinds whose names are global in a schema. */
export function sqlName(id: string): string {
  return id.slice(id.indexOf(":") + 1);
}

/** The last part of an id, quoted: the object's own name. */
export function ownName(id: string): string {
  return idParts(id).at(-1) ?? "";
}

/** A name without the double quotes that may be around it. */
export function plainPart(part: string): string {
  if (part.length < 2 || !part.startsWith('"') || !part.endsWith('"')) return part;
  return part.slice(1, -1).replaceAll('""', '"');
}

/** Cuts a text at a character wherever it stands outside double quotes. */
export function splitOutsideQuotes(text: string, separator: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '"') quoted = !quoted;
    else if (char === separator && !quoted) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}
