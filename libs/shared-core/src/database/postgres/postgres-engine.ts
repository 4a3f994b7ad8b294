import type { EntityManager } from 'typeorm';
import type { Channel, ChannelListener } from '../channel';
import type { DatabaseStats, ExpectedStatement, SqlRunner } from '../database';
import type { EngineAdapter } from '../database-door';
import type { DatabaseSettings } from '../database-options';
import { statementKind } from '../transaction-sql';
import { newCounters } from '../unit-counters';
import type { UnitKind, UnitOfWork } from '../unit-of-work';
import { PostgresAtOnce } from './postgres-at-once';
import { bootPostgres, OpenedServer } from './postgres-boot';
import { PostgresChannel } from './postgres-channel';
import { PostgresReadRunner, postgresSql } from './postgres-runner';
import { PostgresWriter } from './postgres-writer';

/** Two pools: one for units, one whose connections are read-only. */
export class PostgresEngine implements EngineAdapter {
  readonly engine = 'postgres';
  readonly readManager: EntityManager;
  readonly readRunner: SqlRunner;
  private readonly writer: PostgresWriter;
  private readonly atOnce: PostgresAtOnce;
  private readonly counters = newCounters();
  private readonly running = new Set<Promise<unknown>>();
  private readonly channels: PostgresChannel[] = [];

  private constructor(
    private readonly server: OpenedServer,
    private readonly url: string,
    private readonly settings: DatabaseSettings,
  ) {
    const { dataSource, driver, readers } = server;
    this.readManager = dataSource.createEntityManager(new PostgresReadRunner(driver, readers));
    this.readRunner = postgresSql(readers, async (sql, dispatch) => {
      statementKind(sql);
      return dispatch();
    });
    this.writer = new PostgresWriter(server, settings, this.counters);
    this.atOnce = new PostgresAtOnce({ set: server.writers, unit: server.serializable }, this.counters);
  }

  static async open(url: string, settings: DatabaseSettings): Promise<PostgresEngine> {
    return new PostgresEngine(await bootPostgres(url, settings), url, settings);
  }

  transact<T>(kind: UnitKind, work: (unit: UnitOfWork) => Promise<T>, patience?: number): Promise<T> {
    return this.untilEnd(this.writer.run(kind, work, patience));
  }

  writeAtOnce(kind: UnitKind, build: () => readonly ExpectedStatement[] | undefined): Promise<boolean> {
    return this.untilEnd(this.atOnce.run(kind, build));
  }

  openChannel(name: string, listener: ChannelListener): Channel {
    const channel = new PostgresChannel(this.url, name, listener, this.settings.logger);
    this.channels.push(channel);
    return channel;
  }

  reclaimPages(): Promise<number> {
    return Promise.resolve(0);
  }

  async ping(): Promise<void> {
    await this.server.readers.query('SELECT 1');
  }

  stats(): DatabaseStats {
    return { ...this.counters };
  }

  async close(): Promise<void> {
    await Promise.allSettled([...this.running, ...this.channels.map((channel) => channel.close())]);
    const { writers, serializable, readers, dataSource } = this.server;
    await Promise.all([writers, serializable, readers].map((pool) => pool.end()));
    await dataSource.destroy();
  }

  /** `close` waits for it. */
  private async untilEnd<T>(write: Promise<T>): Promise<T> {
    this.running.add(write);
    try {
      return await write;
    } finally {
      this.running.delete(write);
    }
  }
}
