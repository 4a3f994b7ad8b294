import type { Principal } from '@aitbc/shared-core';
import type { ExecutionGlance } from '../execution.repository';
import type { ExecutionWithVersion } from '../execution.service';
import { ExecutionNews } from './execution-news';
import { ExecutionWaits } from './execution-waits';

const ALICE: Principal = { subject: 'alice', role: 'client', keyId: 'key' };

/** An execution whose number a test raises; no other process writes it. */
function waitsOf(maxWaiters: number, onRead: (read: number) => void = () => undefined) {
  const news = new ExecutionNews({ engine: 'sqlite', readSql: () => new Promise(() => undefined) }, {
    warn: jest.fn(),
  } as never);
  const execution = { eventSeq: 1, status: 'running' };
  let reads = 0;
  const read = () => {
    const found = { ...execution };
    onRead((reads += 1));
    return found;
  };
  const executions = {
    get: async () => ({ record: { execution: read() } }) as unknown as ExecutionWithVersion,
    glance: async () => ({ ownerId: 'alice', ...read() }) as ExecutionGlance,
  };
  const waits = new ExecutionWaits(executions, news, maxWaiters);
  const commit = (status: 'running' | 'completed' = 'running') => {
    execution.status = status;
    news.publish('one', (execution.eventSeq += 1), status);
  };
  const begin = (signal = new AbortController().signal, untilFinal = false) =>
    waits.get(ALICE, 'one', { seconds: 60, since: undefined, signal, untilFinal });
  return { begin, commit, close: () => news.close() };
}

const seqOf = ({ record }: ExecutionWithVersion) => record.execution.eventSeq;

describe('waits for executions', () => {
  it('miss no commit that comes while the execution is read', async () => {
    const one = waitsOf(1, (read) => {
      if (read === 1) one.commit();
    });
    expect(seqOf(await one.begin())).toBe(2);
    one.close();
  });

  it('are bounded, and give their places back however they end', async () => {
    const { begin, commit, close } = waitsOf(2);
    const leaving = new AbortController();
    const first = begin(leaving.signal);
    const second = begin();
    await expect(begin()).rejects.toMatchObject({ code: 'overloaded', retryAfterSeconds: 2 });
    leaving.abort();
    expect(seqOf(await first)).toBe(1);
    const third = begin();
    await expect(begin()).rejects.toMatchObject({ code: 'overloaded' });
    commit();
    expect([seqOf(await second), seqOf(await third)]).toEqual([2, 2]);
    close();
  });

  it('last until the end when only that counts', async () => {
    const { begin, commit, close } = waitsOf(1);
    const end = begin(undefined, true);
    commit();
    commit();
    commit('completed');
    expect(seqOf(await end)).toBe(4);
    close();
  });

  it('do not begin for who has gone already', async () => {
    const { begin, close } = waitsOf(0);
    expect(seqOf(await begin(AbortSignal.abort()))).toBe(1);
    close();
  });
});
