import { KeelsonError } from "../../../errors.ts";
import { isKeyword, isPunctuation, plainName, type Token } from "../script/tokens.ts";

/** Reads tokens one after the other. Throws `internal` where the next token is not what a caller requires. */
export class TokenCursor {
  readonly tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  get at(): number {
    return this.#at;
  }

  get done(): boolean {
    return this.#at >= this.tokens.length;
  }

  peek(ahead = 0): Token | undefined {
    return this.tokens[this.#at + ahead];
  }

  /** Whether these keywords come next, in this order. */
  sees(...keywords: readonly string[]): boolean {
    return keywords.every((keyword, index) => isKeyword(this.peek(index), keyword));
  }

  /** Steps over these keywords if they come next. */
  skip(...keywords: readonly string[]): boolean {
    if (!this.sees(...keywords)) return false;
    this.#at += keywords.length;
    return true;
  }

  seesPunctuation(text: string): boolean {
    return isPunctuation(this.peek(), text);
  }

  skipPunctuation(text: string): boolean {
    if (!this.seesPunctuation(text)) return false;
    this.#at++;
    return true;
  }

  take(): Token {
    const token = this.peek();
    if (token === undefined) throw unexpected(this);
    this.#at++;
    return token;
  }

  /** A name, in whichever quotes. */
  name(): string {
    const token = this.take();
    if (token.kind !== "word" && token.kind !== "quoted" && token.kind !== "string") throw unexpected(this);
    return plainName(token);
  }

  /** The tokens between the parenthesis that must come next and the one that closes it. */
  parenthesised(): readonly Token[] {
    if (!this.skipPunctuation("(")) throw unexpected(this);
    const start = this.#at;
    for (let depth = 1; depth > 0; ) {
      const token = this.take();
      if (isPunctuation(token, "(")) depth++;
      else if (isPunctuation(token, ")")) depth--;
    }
    return this.tokens.slice(start, this.#at - 1);
  }

  require(...keywords: readonly string[]): void {
    if (!this.skip(...keywords)) throw unexpected(this);
  }
}

/** Cuts tokens at the commas outside parentheses. */
export function splitAtCommas(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (isPunctuation(token, "(")) depth++;
    else if (isPunctuation(token, ")")) depth--;
    if (depth === 0 && isPunctuation(token, ",")) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

function unexpected(cursor: TokenCursor): KeelsonError {
  return new KeelsonError("internal", `A definition goes on in an unknown way at token ${cursor.at}.`);
}
