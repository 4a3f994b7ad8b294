import { Client } from 'pg';
import { startPostgres, type TestPostgres } from '../../testing/postgres';
import { temporaryFolder } from '../../testing/temporary-folder';
import { waitFor } from '../../testing/wait-for';
import type { Channel } from '../channel';
import type { Database } from '../database';
import { openDatabase } from '../open-database';

const NONE = { entities: [], migrations: [] };

describe('a channel between the processes of a PostgreSQL database', () => {
  let server: TestPostgres;
  let url: string;
  const opened: Database[] = [];

  beforeAll(async () => {
    server = await startPostgres();
    url = await server.createDatabase();
  });
  afterEach(() => Promise.all(opened.splice(0).map((database) => database.close())));
  afterAll(() => server.stop());

  /** One end, as another process would have it; resolves when it hears. */
  async function join(name = 'news') {
    const database = await openDatabase({ url, ...NONE });
    opened.push(database);
    const heard: string[] = [];
    let connections = 0;
    const channel = database.openChannel(name, {
      onText: (text) => void heard.push(text),
      onConnected: () => void (connections += 1),
    });
    if (!channel) throw new Error('PostgreSQL has channels');
    await waitFor(() => connections > 0);
    return { channel, heard, connections: () => connections };
  }

  it('carries texts to the others, in order, and not back to the sender', async () => {
    const [one, two, three] = [await join(), await join(), await join()];
    await one.channel.send(['a', 'b']);
    await two.channel.send(["it's ä"]);
    await waitFor(() => three.heard.length === 3 && two.heard.length === 2 && one.heard.length === 1);
    expect(three.heard).toEqual(['a', 'b', "it's ä"]);
    expect(two.heard).toEqual(['a', 'b']);
    expect(one.heard).toEqual(["it's ä"]);
  });

  it('keeps channels of different names apart', async () => {
    const [news, others] = [await join('news'), await join('others')];
    const [newsToo, othersToo] = [await join('news'), await join('others')];
    await news.channel.send(['x']);
    await others.channel.send(['y']);
    await waitFor(() => newsToo.heard.length + othersToo.heard.length === 2);
    expect([newsToo.heard, othersToo.heard]).toEqual([['x'], ['y']]);
  });

  it('refuses a text that is too long, and goes on', async () => {
    const [one, two] = [await join(), await join()];
    await expect(one.channel.send(['x'.repeat(8_000)])).rejects.toMatchObject({ code: 'dependency_unavailable' });
    await sendWhenConnected(one.channel, 'short');
    await waitFor(() => two.heard.includes('short'));
  });

  it('connects again when the connection breaks, and says so', async () => {
    const [one, two] = [await join(), await join()];
    await endConnections(url, 'LISTEN%');
    await waitFor(() => one.connections() === 2 && two.connections() === 2);
    await one.channel.send(['again']);
    await waitFor(() => two.heard.includes('again'));
  });

  it('does not exist on SQLite', async () => {
    const folder = temporaryFolder();
    const database = await openDatabase({ url: `sqlite:${folder.file('a.db')}`, ...NONE });
    expect(database.openChannel('news', { onText: () => undefined, onConnected: () => undefined })).toBeUndefined();
    await database.close();
    await folder.remove();
  });

  it('takes no name that would have to be quoted', async () => {
    const database = await openDatabase({ url, ...NONE });
    opened.push(database);
    const listener = { onText: () => undefined, onConnected: () => undefined };
    expect(() => database.openChannel('a; DROP TABLE b', listener)).toThrow('not a name of a channel');
  });
});

async function sendWhenConnected(channel: Channel, text: string): Promise<void> {
  await waitFor(() =>
    channel.send([text]).then(
      () => true,
      () => false,
    ),
  );
}

/** Ends, from the server's side, every connection whose last statement is like this. */
async function endConnections(url: string, like: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE $1`,
    [like],
  );
  await client.end();
}
