import { once } from 'node:events';
import { connect } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import { COMMAND_JOB } from './testing/command-miner';
import { TestBed } from './testing/test-bed';

const bed = new TestBed();

afterAll(() => bed.close());

/** What a boot with one change to a good configuration comes to. */
async function boot(variables: Record<string, string>) {
  const launched = bed.launch('coordinator-api', {
    PORT: '0',
    DATABASE_URL: `sqlite:${bed.folder.file('never.db')}`,
    ...variables,
  });
  return { code: await launched.process.ended, stdout: launched.stdout, stderr: launched.stderr.join('\n') };
}

describe('the process of the coordinator', () => {
  it.each([
    ['PORT', '80a', "'80a' is not a whole number from 0 to 65535"],
    ['PORT', '65536', "'65536' is not a whole number from 0 to 65535"],
    ['BOOTSTRAP_ADMIN_KEY', 'short-but-secret', 'it has 16 characters, fewer than 32'],
    ['DATABASE_URL', 'mysql://me:hunter2@localhost/db', 'it is neither sqlite:<path> nor a postgres:// URL'],
    ['LOG_LEVEL', 'chatty', "'chatty' is not one of error, warn, info, debug"],
    ['JOB_LEASE_SECONDS', '0', "'0' is not a whole number from 1 to 3600"],
  ])('exits with 78 and names %s=%s, without showing a secret', async (name, value, problem) => {
    const { code, stdout, stderr } = await boot({ [name]: value });
    expect({ code, stdout }).toEqual({ code: '78', stdout: [] });
    expect(stderr).toContain(`  ${name}: ${problem}. Expected: `);
    expect(stderr).not.toMatch(/short-but-secret|hunter2/);
  });

  it('names every bad variable, not only the first', async () => {
    const { code, stderr } = await boot({ PORT: 'x', BOOTSTRAP_ADMIN_KEY: 'x', DATABASE_URL: 'x', LOG_LEVEL: 'x' });
    expect(code).toBe('78');
    const named = [...stderr.matchAll(/^ {2}(\w+): /gm)].map(([, name]) => name).sort();
    expect(named).toEqual(['BOOTSTRAP_ADMIN_KEY', 'DATABASE_URL', 'LOG_LEVEL', 'PORT']);
  });

  it('exits with 1 and a reason when its database cannot be opened', async () => {
    const { code, stderr } = await boot({ DATABASE_URL: 'postgres://me:hunter2@127.0.0.1:1/none' });
    expect(code).toBe('1');
    expect(stderr).toContain('ECONNREFUSED');
    expect(stderr).not.toContain('hunter2');
  });

  it('writes ahead to a log, as another connection to its file sees', async () => {
    await bed.coordinator({ DATABASE_URL: `sqlite:${bed.folder.file('ahead.db')}` });
    const other = new DatabaseSync(bed.folder.file('ahead.db'), { readOnly: true });
    expect(other.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    expect(other.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    other.close();
  });

  it('refuses to start where its database could not be durable', async () => {
    const { code, stderr } = await boot({ DATABASE_URL: 'sqlite::memory:' });
    expect(code).toBe('1');
    expect(stderr).toContain('PRAGMA journal_mode is memory, must be wal; refusing to start');
  });

  it('shows a random admin key once, on standard error only, and it works', async () => {
    const variables = { PORT: '0', DATABASE_URL: `sqlite:${bed.folder.file('random-key.db')}`, LOG_LEVEL: 'debug' };
    const first = bed.launch('coordinator-api', variables);
    const url = await first.process.expectLog(({ event, url: at }) => (event === 'listening' ? String(at) : undefined));
    expect(first.stderr).toHaveLength(1);
    const key = /^The first admin key, shown only now: (\S{40,})$/.exec(first.stderr[0] ?? '')?.[1] ?? '';
    const answer = await fetch(`${url}/api/v1/miners`, { headers: { 'x-api-key': key } });
    expect(answer.status).toBe(200);
    expect(await first.process.stop()).toBe('0');
    expect(first.stdout.join('\n')).not.toContain(key);

    const second = bed.launch('coordinator-api', variables);
    await second.process.expectLog(({ event }) => (event === 'listening' ? true : undefined));
    expect(second.stderr).toEqual([]);
  });

  it('announces its URL in the first line after its start, and drains at SIGTERM', async () => {
    const { process, url, log } = await bed.coordinator();
    const started = log().filter(({ message }) => message !== 'migrated');
    expect(started[0]).toMatchObject({ level: 'info', service: 'coordinator-api', event: 'listening', url });
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    process.signal('SIGTERM');
    await process.expectLog(({ event }) => (event === 'stopping' ? true : undefined));
    // While it drains it still answers, so that no request is lost, and says that it is not ready.
    expect((await fetch(`${url}/ready`)).status).toBe(503);
    expect((await fetch(`${url}/health`)).status).toBe(200);
    expect(await process.ended).toBe('0');
    expect(log().map(({ event }) => event)).toEqual(expect.arrayContaining(['listening', 'stopping', 'stopped']));
    await expect(fetch(`${url}/health`)).rejects.toThrow();
  });

  it('answers a long poll when it stops, instead of cutting it', async () => {
    const { process, client, url, keys } = await bed.coordinator();
    const { job_id: id } = await client.post<{ job_id: string }>('/api/v1/jobs', { payload: COMMAND_JOB });
    const headers = { 'x-api-key': keys.client, 'x-request-id': 'long-poll' };
    const polling = fetch(`${url}/api/v1/jobs/${id}/result?wait=60`, { headers });
    // The poll has been taken up once a request that came after it is answered.
    await client.get(`/api/v1/jobs/${id}`);
    process.signal('SIGTERM');
    const answer = await polling;
    expect(answer.status).toBe(425);
    expect(await answer.json()).toMatchObject({ status: 425, instance: 'long-poll' });
    expect(await process.ended).toBe('0');
  });

  it('stops in order though a client never sends the rest of its request', async () => {
    const { process, url, keys, log } = await bed.coordinator();
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    const head = [
      'POST /api/v1/jobs HTTP/1.1',
      `Host: ${hostname}`,
      `X-Api-Key: ${keys.client}`,
      'Content-Length: 100',
    ];
    socket.write([...head, 'Content-Type: application/json', '', '{'].join('\r\n'));
    const cut = once(socket, 'close');
    process.signal('SIGTERM');
    expect(await process.ended).toBe('0');
    await cut;
    const events = log().map(({ event }) => event);
    expect(events).toContain('drain_timeout');
    expect(events.at(-1)).toBe('stopped');
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('exits at once at a second signal (%s)', async (second) => {
    const { process, log } = await bed.coordinator();
    process.signal('SIGTERM');
    await process.expectLog(({ event }) => (event === 'stopping' ? true : undefined));
    process.signal(second);
    expect(await process.ended).toBe('1');
    expect(log().map(({ event }) => event)).not.toContain('stopped');
  });
});
