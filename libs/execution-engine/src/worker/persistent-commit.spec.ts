import { InMemoryExecutionStore } from '../memory/in-memory-execution-store';
import type { ExecutionCommit } from '../ports/store.port';
import { chain, output, TestHandler, WorkerBench } from '../testing';

/** Fails each commit as the test says, before it is written or after. */
class FailingStore extends InMemoryExecutionStore {
  private tries = 0;

  constructor(private readonly failure: (tries: number) => 'before' | 'after' | undefined) {
    super();
  }

  override async commit(commit: ExecutionCommit): Promise<'committed' | 'lost'> {
    this.tries += 1;
    const failure = this.failure(this.tries);
    if (failure === 'before') throw new Error('the database is busy');
    const outcome = await super.commit(commit);
    if (failure === 'after' && outcome === 'committed') throw new Error('the connection broke before the answer came');
    return outcome;
  }
}

describe('a worker whose store fails at commits', () => {
  let bench: WorkerBench;
  afterEach(() => bench.stop());

  it.each([
    ['before they are written', (tries: number) => (tries % 2 === 1 ? ('before' as const) : undefined)],
    ['after they are written', () => 'after' as const],
    ['now before, now after', (tries: number) => (['before', 'after', undefined] as const)[tries % 3]],
  ])('%s goes on with what it has, and runs no step twice', async (_, failure) => {
    const store = new FailingStore(failure);
    const handler = new TestHandler(({ step }) => output(step.id));
    bench = new WorkerBench(store, chain(['a', 'b', 'c']), { custom: handler });
    bench.startWorker({ leaseMs: 3_600_000 });
    const state = await bench.until(await bench.begin());
    expect(state.status).toBe('completed');
    expect(handler.ran).toEqual(['a', 'b', 'c']);
    const events = store.events(state.id);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_event, index) => index + 1));
    expect(events).toHaveLength(8);
  });

  it('leaves the execution to the end of its lease when the store fails for too long', async () => {
    let broken = true;
    const store = new FailingStore(() => (broken ? 'before' : undefined));
    const handler = new TestHandler(() => output('done'));
    bench = new WorkerBench(store, chain(['a']), { custom: handler });
    bench.startWorker({ leaseMs: 200 });
    const id = await bench.begin();
    // A second claim shows that the first one was given up.
    await bench.until(id, ({ leaseEpoch }) => leaseEpoch >= 2);
    broken = false;
    expect((await bench.until(id)).status).toBe('completed');
  });
});
