/** A request that is answered with no, and why; the reason is for whoever asked. */
export class Refusal extends Error {
  constructor(status, reason, headers = {}) {
    super(reason);
    this.status = status;
    this.headers = headers;
  }
}
