import { randomUUID } from 'node:crypto';
import type { CounterKind } from './counters';
import type { Ledger } from './ledger';
import { type LoadAnswer, type LoadClient, RequestFailed } from './load-client';

/** What clients do with counters of one kind; the ledger gets each acknowledged write. */
export class Counting {
  /** @param rivals whether others raise the same counters; where nobody does, a refused update is a failure */
  constructor(
    private readonly kind: CounterKind,
    private readonly ledger: Ledger,
    private readonly rivals = true,
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
    const update = this.kind.update(path, next, read);
    try {
      const { status } = await client.send(this.rivals ? update : { ...update, expected: [200] });
      if (status !== 200) return false;
      this.ledger.raised(path, next);
      return true;
    } catch (error) {
      if (error instanceof RequestFailed) this.ledger.unanswered(path);
      throw error;
    }
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
