import type { ExecutionCommit } from '@aitbc/execution-engine';
import type { Database } from '@aitbc/shared-core';
import { memoryLogger, waitFor } from '@aitbc/shared-core/testing';
import type { ExecutionStatus } from '@aitbc/shared-domain';
import { TestChannels } from '../process/testing/test-channels';
import { ExecutionNews } from './execution-news';
import { SharedNews } from './shared-news';

const commit = (id: string, eventSeq: number, status: ExecutionStatus) =>
  ({ state: { id, eventSeq, status } }) as unknown as ExecutionCommit;

describe('news between processes', () => {
  const opened: SharedNews[] = [];
  afterEach(() => Promise.all(opened.splice(0).map((news) => news.close())));

  /** A process that finds out nothing by itself. */
  function join(openChannel: Pick<Database, 'openChannel'>['openChannel']) {
    const { logger, lines } = memoryLogger();
    const news = new ExecutionNews({ engine: 'postgres', readSql: () => new Promise(() => undefined) }, logger);
    const shared = new SharedNews(news, { openChannel }, logger);
    opened.push(shared);
    const heard: unknown[] = [];
    const watch = (id: string) => news.subscribe(id, (...what) => heard.push([id, ...what]));
    return { shared, watch, heard, lines };
  }

  function processes() {
    const channels = new TestChannels();
    const open = () => join((_name, listener) => channels.open(listener));
    return { channels, worker: open(), api: open() };
  }

  it('reach who watches elsewhere, the last one as such', async () => {
    const { worker, api } = processes();
    api.watch('exec_1');
    worker.shared.written([commit('exec_1', 3, 'running'), commit('exec_2', 1, 'running')]);
    await waitFor(() => api.heard.length === 1);
    worker.shared.written([commit('exec_1', 8, 'completed')]);
    await waitFor(() => api.heard.length === 2);
    expect(api.heard).toEqual([
      ['exec_1', 3, false],
      ['exec_1', 8, true],
    ]);
  });

  it('stay in the process when somebody watches there', async () => {
    const { worker, channels } = processes();
    worker.watch('exec_1');
    worker.shared.written([commit('exec_1', 8, 'completed')]);
    expect(worker.heard).toEqual([['exec_1', 8, true]]);
    await worker.shared.close();
    expect(channels.sends).toEqual([]);
  });

  it('are one piece for an execution, however many commits it has meanwhile', async () => {
    const { worker, channels } = processes();
    for (let seq = 1; seq <= 100; seq += 1) worker.shared.written([commit('exec_1', seq, 'running')]);
    await worker.shared.close();
    expect(channels.sends.length).toBeLessThanOrEqual(2);
    expect(channels.sends.flat().at(-1)).toBe('["exec_1",100,"running"]');
  });

  it('of another release, or none at all, are passed over', () => {
    const channels = new TestChannels();
    const api = join((_name, listener) => channels.open(listener));
    api.watch('exec_1');
    const other = channels.open({ onText: () => undefined, onConnected: () => undefined });
    const unknown = [
      '',
      'null',
      '{}',
      '["exec_1"]',
      '["exec_1",1,"vanished"]',
      '["exec_1","1","running"]',
      '[1,1,"running"]',
    ];
    void other.send(unknown);
    expect(api.heard).toEqual([]);
    void other.send(['["exec_1",1,"running"]']);
    expect(api.heard).toEqual([['exec_1', 1, false]]);
  });

  it('that cannot be sent are lost, and that is told once', async () => {
    const { worker, channels } = processes();
    channels.broken = true;
    worker.shared.written([commit('exec_1', 1, 'running')]);
    await waitFor(() => worker.lines.length > 0);
    worker.shared.written([commit('exec_1', 2, 'running')]);
    await worker.shared.close();
    expect(worker.lines.map(({ message }) => message)).toEqual([
      'other processes could not be told; they look by themselves',
    ]);
  });

  it('need no channel where the database has none', () => {
    const alone = join(() => undefined);
    alone.watch('exec_1');
    alone.shared.written([commit('exec_1', 1, 'running'), commit('exec_2', 1, 'running')]);
    expect(alone.heard).toEqual([['exec_1', 1, false]]);
  });
});
