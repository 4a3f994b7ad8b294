/** Where a load client sends its next request. One object for each client, which learns only from its own answers. */
export interface Route {
  /** Base URL of the next request. */
  next(): string;
  /** The last answer from there said `Connection: close`. */
  farewell?(from: string): void;
}

/** One address: a router, which chooses for its clients. */
export class FixedRoute implements Route {
  constructor(private readonly url: string) {}

  next(): string {
    return this.url;
  }
}

/** Each request to another process than the one before, so that what one process wrote is read from another. */
export class AlternatingRoute implements Route {
  private turn = 0;

  constructor(private readonly urls: readonly [string, ...string[]]) {}

  next(): string {
    this.turn += 1;
    return this.urls[this.turn % this.urls.length] ?? this.urls[0];
  }
}

/** The first address until it says goodbye with `Connection: close`; from then on the second. */
export class SuccessorRoute implements Route {
  private left = false;

  constructor(
    private readonly first: string,
    private readonly successor: string,
  ) {}

  next(): string {
    return this.left ? this.successor : this.first;
  }

  farewell(from: string): void {
    if (from === this.first) this.left = true;
  }
}
