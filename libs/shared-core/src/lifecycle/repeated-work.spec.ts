import { waitFor } from '../testing/wait-for';
import { RepeatedWork } from './repeated-work';

describe('repeated work', () => {
  it('goes on after a failure, and tells of it', async () => {
    const failures: unknown[] = [];
    let rounds = 0;
    const work = new RepeatedWork(
      async () => {
        rounds += 1;
        if (rounds === 1) throw new Error('the database is away');
      },
      { intervalMs: 1, onFailure: (error) => failures.push(error) },
    );
    work.start();
    work.start();
    await waitFor(() => rounds >= 3);
    await work.stop();
    expect(failures).toEqual([new Error('the database is away')]);
    const after = rounds;
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(rounds).toBe(after);
  });

  it('ends with the round that is under way, and never begins when it was stopped before', async () => {
    let finish: () => void = () => undefined;
    let ended = false;
    const round = () => new Promise<void>((resolve) => (finish = resolve)).then(() => void (ended = true));
    const work = new RepeatedWork(round, { intervalMs: 60_000, onFailure: () => undefined });
    work.start();
    const stopped = work.stop();
    finish();
    await stopped;
    expect(ended).toBe(true);
    await new RepeatedWork(round, { intervalMs: 1, onFailure: () => undefined }).stop();
  });
});
