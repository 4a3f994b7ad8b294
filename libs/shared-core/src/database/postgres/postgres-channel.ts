import pg from 'pg';
import { backoffDelay, pause } from '../../http-client/backoff';
import type { Logger } from '../../logging/logger';
import type { Channel, ChannelListener } from '../channel';
import { databaseUnavailable } from '../database-errors';

const CONNECT_TIMEOUT_MS = 5_000;
/** A send that takes longer finds a connection that is dead and has not said so. */
const SEND_TIMEOUT_MS = 5_000;
const BACKOFF = { initialMs: 100, maximumMs: 5_000 };
/** Prepared, since it is sent up to a hundred times a second. */
const SEND = {
  name: 'aitbc_send',
  text: 'SELECT pg_notify($1, text) FROM jsonb_array_elements_text($2::jsonb) AS t(text)',
};
const NAME = /^[a-z][a-z_]*$/;

/**
 * `LISTEN` and `NOTIFY` on a connection of its own, since a pooled one would be given to others. It connects in the
 * background, and again with a growing pause whenever the connection breaks.
 */
export class PostgresChannel implements Channel {
  private readonly closing = new AbortController();
  private readonly loop: Promise<void>;
  private client: pg.Client | undefined;

  constructor(
    private readonly url: string,
    private readonly name: string,
    private readonly listener: ChannelListener,
    private readonly logger: Logger,
  ) {
    if (!NAME.test(name)) throw new Error(`not a name of a channel: ${name}`);
    this.loop = this.keepConnected();
  }

  async send(texts: readonly string[]): Promise<void> {
    const { client } = this;
    if (!client) throw databaseUnavailable(new Error('the channel is not connected'));
    try {
      await client.query({ ...SEND, values: [this.name, JSON.stringify(texts)] });
    } catch (cause) {
      // Whatever it was, a new connection is the remedy: the loop makes one when this has ended.
      void client.end().catch(() => undefined);
      throw databaseUnavailable(cause);
    }
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.client?.end().catch(() => undefined);
    await this.loop;
  }

  private async keepConnected(): Promise<void> {
    const { signal } = this.closing;
    for (let failures = 1; !signal.aborted; failures += 1) {
      try {
        await this.hearUntilEnd();
        failures = 0;
        if (!signal.aborted) this.logger.warn('the connection for notifications broke; it is made again');
      } catch (error) {
        this.logger.warn('notifications cannot be heard; it is tried again', { error });
      }
      await pause(backoffDelay(Math.max(1, failures), BACKOFF), signal).catch(() => undefined);
    }
  }

  /** Connects, and resolves when that connection has ended; rejects when there is none to be had. */
  private async hearUntilEnd(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.url,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      query_timeout: SEND_TIMEOUT_MS,
      keepAlive: true,
    });
    // Without a listener a connection that breaks would end the process; its end is heard anyway.
    client.on('error', () => undefined);
    const ended = new Promise<void>((resolve) => client.once('end', resolve));
    try {
      await this.beginToListen(client);
    } catch (error) {
      void client.end().catch(() => undefined);
      throw error;
    }
    this.client = client;
    if (this.closing.signal.aborted) await client.end();
    else this.listener.onConnected();
    await ended;
    this.client = undefined;
  }

  private async beginToListen(client: pg.Client): Promise<void> {
    await client.connect();
    // A notification is worth no disk sync.
    await client.query('SET synchronous_commit = off');
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const pid = rows[0]?.pid ?? 0;
    client.on('notification', ({ processId, payload }) => {
      if (processId !== pid && payload !== undefined) this.listener.onText(payload);
    });
    await client.query(`LISTEN ${this.name}`);
  }
}
