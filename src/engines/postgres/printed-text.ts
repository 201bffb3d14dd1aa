/** A token of PostgreSQL's own scanner; its place is in bytes. */
export interface ScannedToken {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/*
 * The server prints some expressions in a form that it reads back as another one. A catalog holds the form that stays as it
 * is, or a schema would differ from itself in each database that was made from its print.
 */

/** Whether a printed text may be one that does not stay as it is; telling so needs no scanner. */
export function isUnsettled(text: string): boolean {
  return text.includes("])::") || text.includes(")) AND ") || text.includes(")) OR ");
}

/** What the server prints for a text of its own once it has read it again. `scan` is PostgreSQL's own scanner. */
export function settledText(text: string, scan: (text: string) => readonly ScannedToken[]): string {
  return isUnsettled(text) ? withCastsInArrays(withFlatLogic(text, scan), scan) : text;
}

/**
 * From `((a AND b) AND c)` to `(a AND b AND c)`, and `OR` in the same way: `makeAndExpr` and `makeOrExpr` in `gram.y` take
 * the arguments of a left side that is one itself. `BETWEEN` and `IN` become such left sides after they were read.
 */
function withFlatLogic(text: string, scan: (text: string) => readonly ScannedToken[]): string {
  const tokens = scan(text);
  const closing = closingParentheses(tokens);
  const dropped = tokens.flatMap((token, at) => {
    const [operator, inner] = [operatorOf(tokens, closing, at), operatorOf(tokens, closing, at + 1)];
    const close = tokens[closing.get(at + 1) ?? -1];
    const after = tokens[(closing.get(at + 1) ?? tokens.length) + 1]?.text;
    const isLeft = token.text === "(" && operator !== null && operator === inner && after === operator;
    return isLeft && close !== undefined ? [tokens[at + 1] ?? token, close] : [];
  });
  const bytes = Buffer.from(text);
  let done = 0;
  const parts: string[] = [];
  for (const { start, end } of dropped.toSorted((one, other) => one.start - other.start)) {
    parts.push(bytes.toString("utf8", done, start));
    done = end;
  }
  return parts.join("") + bytes.toString("utf8", done);
}

/** The place of the parenthesis that closes each one. */
function closingParentheses(tokens: readonly ScannedToken[]): ReadonlyMap<number, number> {
  const closing = new Map<number, number>();
  const open: number[] = [];
  for (const [at, { text }] of tokens.entries()) {
    if (text === "(") open.push(at);
    else if (text === ")") closing.set(open.pop() ?? -1, at);
  }
  return closing;
}

/** `AND` or `OR` where the parenthesis at this place holds operands joined by nothing else, else null. */
function operatorOf(
  tokens: readonly ScannedToken[],
  closing: ReadonlyMap<number, number>,
  open: number,
): string | null {
  const close = closing.get(open);
  if (close === undefined || tokens[open]?.text !== "(") return null;
  const found = new Set<string>();
  for (let at = open + 1; at < close; at++) {
    const text = tokens[at]?.text ?? "";
    if (text === "(") at = closing.get(at) ?? close;
    else if (notLogic.has(text)) return null;
    else if (text === "AND" || text === "OR") found.add(text);
  }
  const [only] = found;
  return only !== undefined && found.size === 1 ? only : null;
}

/** What a parenthesis of something else than a condition has outside of further ones. */
const notLogic: ReadonlySet<string> = new Set(["SELECT", "WITH", "VALUES", "BETWEEN", "WHEN", ","]);

/**
 * From `(ARRAY['a'::character varying])::text[]` to `ARRAY[('a'::character varying)::text]`, as `transformTypeCastExpr` in
 * `parse_expr.c` reads it. `role IN ('a', 'b')` over a `varchar` is printed so.
 */
function withCastsInArrays(text: string, scan: (text: string) => readonly ScannedToken[]): string {
  const bytes = Buffer.from(text);
  const tokens = scan(text);
  const edits = tokens.flatMap((_, at) => castArrayAt(tokens, at) ?? []);
  let done = 0;
  const parts: string[] = [];
  const copy = (upTo: number): void => {
    parts.push(bytes.toString("utf8", done, upTo));
    done = upTo;
  };
  for (const { from, elements, castFrom, castTo, type } of edits) {
    copy(from.start);
    done = from.end;
    for (const { first, last } of elements) {
      copy(first.start);
      parts.push("(");
      copy(last.end);
      parts.push(`)::${bytes.toString("utf8", type.start, type.end)}`);
    }
    copy(castFrom);
    done = castTo;
  }
  copy(bytes.length);
  return parts.join("");
}

interface CastArray {
  /** The parenthesis before `ARRAY`. */
  readonly from: ScannedToken;
  readonly elements: readonly { readonly first: ScannedToken; readonly last: ScannedToken }[];
  /** From the parenthesis behind the array to the end of its cast. */
  readonly castFrom: number;
  readonly castTo: number;
  /** Where the type of an element is written. */
  readonly type: { readonly start: number; readonly end: number };
}

function castArrayAt(tokens: readonly ScannedToken[], at: number): CastArray | null {
  const [from, array, bracket] = tokens.slice(at, at + 3);
  if (from?.text !== "(" || array?.text !== "ARRAY" || bracket?.text !== "[") return null;
  const list = elementsFrom(tokens, at + 3);
  if (list === null || list.elements.some(({ first }) => first.text === "ARRAY")) return null;
  const [close, cast, typeStart] = tokens.slice(list.end + 1, list.end + 4);
  if (close?.text !== ")" || cast?.text !== "::" || typeStart === undefined) return null;
  const typeEnd = elementType(tokens, list.end + 3);
  const end = typeEnd === null ? undefined : tokens[typeEnd + 2];
  const last = typeEnd === null ? undefined : tokens[typeEnd];
  if (end === undefined || last === undefined) return null;
  return {
    from,
    elements: list.elements,
    castFrom: close.start,
    castTo: end.end,
    type: { start: typeStart.start, end: last.end },
  };
}

/** The elements of a list that begins here, and the place of the bracket that ends it. */
function elementsFrom(
  tokens: readonly ScannedToken[],
  start: number,
): { readonly elements: CastArray["elements"]; readonly end: number } | null {
  const elements: CastArray["elements"][number][] = [];
  let depth = 0;
  let first = start;
  for (let at = start; at < tokens.length; at++) {
    const text = tokens[at]?.text ?? "";
    const ends = depth === 0 && (text === "]" || text === ",");
    if (ends) {
      const [head, last] = [tokens[first], tokens[at - 1]];
      if (head === undefined || last === undefined || at === first) return null;
      elements.push({ first: head, last });
      first = at + 1;
      if (text === "]") return { elements, end: at };
    } else if (text === "(" || text === "[") depth++;
    else if (text === ")" || text === "]") depth--;
  }
  return null;
}

/** The place of the last token of a type's name that begins here and is followed by `[]`; null for any other type. */
function elementType(tokens: readonly ScannedToken[], start: number): number | null {
  for (let at = start; at < tokens.length; at++) {
    const text = tokens[at]?.text ?? "";
    if (text === "[") return at > start && tokens[at + 1]?.text === "]" ? at - 1 : null;
    if (!/^(["\p{L}_]|\d+$|[.,()]$)/u.test(text)) return null;
  }
  return null;
}
