import { inspect } from "node:util";

const hidden = "***";

/**
 * A value that can't be printed by accident: as a text, as JSON, in a template, in an error or in a log it is `***`.
 * Only `reveal()` gives it.
 */
export class Secret<Value = string> {
  readonly #value: Value;

  constructor(value: Value) {
    this.#value = value;
  }

  /** The value itself; call it where it leaves for the database, and nowhere earlier. */
  reveal(): Value {
    return this.#value;
  }

  toString(): string {
    return hidden;
  }

  toJSON(): string {
    return hidden;
  }

  [Symbol.toPrimitive](): string {
    return hidden;
  }

  [inspect.custom](): string {
    return hidden;
  }
}
