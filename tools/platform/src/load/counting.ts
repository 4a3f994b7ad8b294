import { randomUUID } from 'node:crypto';
import type { CounterKind } from './counters';
import type { Ledger } from './ledger';
import type { LoadAnswer, LoadClient } from './load-client';

/** What clients do with counters of one kind; the ledger gets each acknowledged write. */
export class Counting {
  constructor(
    private readonly kind: CounterKind,
    private readonly ledger: Ledger,
  ) {}

  /** Creates a counter and gives its path. */
  async create(client: LoadClient): Promise<string> {
    const created = await client.send(this.kind.creation(randomUUID()));
    const path = `${this.kind.collection}/${this.kind.idIn(created)}`;
    this.ledger.created(path);
    return path;
  }

  /** Reads the counter and writes it back, one higher; true when nobody was faster. */
  async raise(client: LoadClient, path: string): Promise<boolean> {
    const read = await this.read(client, path);
    const next = this.kind.countIn(read) + 1;
    const { status } = await client.send(this.kind.update(path, next, read.headers.etag ?? ''));
    if (status !== 200) return false;
    this.ledger.raised(path, next);
    return true;
  }

  read(client: LoadClient, path: string): Promise<LoadAnswer> {
    return client.send({ method: 'GET', path, expected: [200] });
  }

  /** The number at the path, `undefined` when there is no such counter. */
  async count(client: LoadClient, path: string): Promise<number | undefined> {
    const answer = await client.send({ method: 'GET', path, expected: [200, 404] });
    return answer.status === 404 ? undefined : this.kind.countIn(answer);
  }
}
