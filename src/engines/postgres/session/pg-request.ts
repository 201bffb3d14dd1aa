import type { PgConnection, PgRequest } from "./load-pg.ts";
import { ResultReader } from "./result-reader.ts";
import type { WireField } from "./wire-messages.ts";

/** How a request ended: with an answer, or with an error of the server or the network. */
export type RequestEnd = (error: unknown) => void;

abstract class Request implements PgRequest {
  readonly reader = new ResultReader();
  readonly #end: RequestEnd;

  constructor(end: RequestEnd) {
    this.#end = end;
  }

  abstract submit(connection: PgConnection): null;

  handleRowDescription(message: { readonly fields: readonly WireField[] }): void {
    this.reader.rowDescription(message.fields);
  }

  handleDataRow(message: { readonly fields: readonly (string | null)[] }): void {
    this.reader.dataRow(message.fields);
  }

  handleCommandComplete(message: { readonly text: string }): void {
    this.reader.commandComplete(message.text);
  }

  handleEmptyQuery(): void {
    this.reader.emptyQuery();
  }

  handlePortalSuspended(): void {
    this.reader.commandComplete("");
  }

  handleCopyInResponse(connection: PgConnection): void {
    connection.sendCopyFail("data from the client is not supported here");
  }

  handleCopyData(): void {
    return;
  }

  handleError(error: unknown): void {
    this.#end(error);
  }

  handleReadyForQuery(): void {
    this.#end(null);
  }
}

/** One text of statements over the simple protocol, which leaves no portal and thus no snapshot behind. */
export class SimpleRequest extends Request {
  readonly #text: string;

  constructor(text: string, end: RequestEnd) {
    super(end);
    this.#text = text;
  }

  submit(connection: PgConnection): null {
    connection.query(this.#text);
    return null;
  }
}

/** One statement with parameters over the extended protocol, unnamed, so that a pooler may switch servers after it. */
export class ParameterRequest extends Request {
  readonly #text: string;
  readonly #values: readonly (string | null)[];
  readonly #before: string | null;

  constructor(
    request: {
      readonly text: string;
      readonly values: readonly (string | null)[];
      /** A statement executed first, in the same transaction and round trip. */
      readonly before: string | null;
    },
    end: RequestEnd,
  ) {
    super(end);
    this.#text = request.text;
    this.#values = request.values;
    this.#before = request.before;
  }

  submit(connection: PgConnection): null {
    connection.stream.cork();
    if (this.#before !== null) this.#send(connection, this.#before, []);
    this.#send(connection, this.#text, this.#values);
    connection.sync();
    connection.stream.uncork();
    return null;
  }

  #send(connection: PgConnection, text: string, values: readonly (string | null)[]): void {
    connection.parse({ text });
    connection.bind({ values });
    connection.describe({ type: "P" });
    connection.execute({});
  }
}
