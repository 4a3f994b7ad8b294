import { memoryLogger, waitFor } from '@aitbc/shared-core/testing';
import { ExecutionNews } from './execution-news';

/** A database that has these executions with these numbers. */
function newsOf(numbers: Map<string, number>) {
  const asked: string[][] = [];
  let failure: Error | undefined;
  const query = async (_: string, [watched]: readonly unknown[] = []) => {
    const ids = (JSON.parse(String(watched)) as { id: string }[]).map(({ id }) => id);
    asked.push(ids);
    if (failure) throw failure;
    return ids.flatMap((id) => (numbers.has(id) ? [{ id, event_seq: numbers.get(id) }] : []));
  };
  const { logger, lines } = memoryLogger();
  const readSql = (work: (sql: { query: typeof query }) => Promise<unknown>) => work({ query });
  const news = new ExecutionNews({ engine: 'sqlite', readSql: readSql as never }, logger, 5);
  return { news, asked, lines, fail: (error: Error | undefined) => (failure = error) };
}

describe('news of executions', () => {
  it('tell all who watch it of each commit of this process, once and in order', () => {
    const { news } = newsOf(new Map());
    const heard: [string, number][] = [];
    const stops = ['a', 'b'].map((who) => news.subscribe('one', (seq) => heard.push([who, seq])));
    news.publish('one', 1, 'running');
    news.publish('other', 5, 'running');
    news.publish('one', 3, 'running');
    news.publish('one', 2, 'running');
    stops[0]?.();
    news.publish('one', 4, 'running');
    stops[1]?.();
    news.publish('one', 5, 'running');
    expect(heard).toEqual([
      ['a', 1],
      ['b', 1],
      ['a', 3],
      ['b', 3],
      ['b', 4],
    ]);
  });

  it('of other processes come by one query for all that is watched, and none when nothing is', async () => {
    const numbers = new Map([
      ['one', 1],
      ['two', 7],
    ]);
    const { news, asked } = newsOf(numbers);
    const heard: number[] = [];
    const stops = [
      news.subscribe('one', (seq) => heard.push(seq)),
      news.subscribe('one', () => undefined),
      news.subscribe('two', () => undefined),
      news.subscribe('gone', () => undefined),
    ];
    await waitFor(() => heard.length > 0);
    numbers.set('one', 2);
    await waitFor(() => heard.length > 1);
    expect(heard).toEqual([1, 2]);
    expect(asked[0]).toEqual(['one', 'two', 'gone']);
    for (const stop of stops) stop();
    // A poll that was under way may still end.
    await new Promise((resolve) => setTimeout(resolve, 20));
    const before = asked.length;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(asked).toHaveLength(before);
  });

  it('come again when the database does', async () => {
    const numbers = new Map([['one', 1]]);
    const { news, lines, fail } = newsOf(numbers);
    const heard: number[] = [];
    fail(new Error('away'));
    const stop = news.subscribe('one', (seq) => heard.push(seq));
    await waitFor(() => lines.some(({ level }) => level === 'warn'));
    fail(undefined);
    await waitFor(() => heard.length > 0);
    stop();
  });

  it('are not looked for after the end', async () => {
    const { news, asked } = newsOf(new Map());
    news.subscribe('one', () => undefined);
    news.close();
    news.subscribe('two', () => undefined);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(asked).toEqual([]);
  });
});
