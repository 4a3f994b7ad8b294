import { type Database, openDatabase } from '@aitbc/shared-core';
import { describeOnEngines, type EngineContext, fullTests, memoryLogger } from '@aitbc/shared-core/testing';
import { newAdminKey } from './keys';
import { type LaunchedApp, TestBed } from './testing/test-bed';

const STARTS = fullTests ? 50 : 10;
const APPS = ['coordinator-api', 'agent-management'] as const;

/** Each line tells of one thing that the schema has. */
const SCHEMA = {
  sqlite: `SELECT type || ' ' || name || ' ' || coalesce(sql, '') AS line FROM sqlite_master`,
  postgres: `
    SELECT table_name || ' ' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' ||
           coalesce(column_default, '') AS line
      FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT conname || ' ' || pg_get_constraintdef(oid)
      FROM pg_constraint WHERE connamespace = 'public'::regnamespace`,
};

interface Made {
  readonly schema: readonly string[];
  readonly migrations: readonly string[];
  readonly signingKeys: number;
  readonly adminKeys: number;
}

describeOnEngines(`both services, started at the same instant on an empty database, ${STARTS} times`, (engine) => {
  const bed = new TestBed();
  afterAll(() => bed.close());

  const launch = (app: (typeof APPS)[number], DATABASE_URL: string): LaunchedApp =>
    bed.launch(app, { DATABASE_URL, PORT: '0', BOOTSTRAP_ADMIN_KEY: newAdminKey() });

  /** Starts the apps together and kills them when all of them serve; fails when one of them does not start. */
  async function start(apps: readonly (typeof APPS)[number][], url: string): Promise<void> {
    const launched = apps.map((app) => launch(app, url));
    await Promise.all(launched.map((each) => each.process.listening()));
    expect(launched.flatMap((each) => each.stderr)).toEqual([]);
    expect(launched.flatMap((each) => each.log()).filter(({ level }) => level !== 'info')).toEqual([]);
    for (const each of launched) each.process.killGroup();
    await Promise.all(launched.map((each) => each.process.ended));
  }

  it('make one schema, the one that they make one after the other, and one key of each kind', async () => {
    const url = await engine.freshUrl();
    for (const app of APPS) await start([app], url);
    const expected = await madeAt(url, engine);
    expect(expected).toMatchObject({ signingKeys: 1, adminKeys: 1 });
    expect(new Set(expected.migrations).size).toBe(expected.migrations.length);
    expect(expected.schema.length).toBeGreaterThan(50);
    for (let n = 1; n <= STARTS; n += 1) {
      const fresh = await engine.freshUrl();
      await start(n % 2 === 0 ? APPS : APPS.toReversed(), fresh);
      expect(await madeAt(fresh, engine)).toEqual(expected);
    }
  }, 600_000);
});

async function madeAt(url: string, { engine }: EngineContext): Promise<Made> {
  const db = await openDatabase({ url, entities: [], migrations: [], logger: memoryLogger().logger });
  try {
    return {
      schema: await linesOf(db, SCHEMA[engine]),
      migrations: await linesOf(db, 'SELECT name AS line FROM migrations'),
      signingKeys: (await linesOf(db, 'SELECT kid AS line FROM signing_keys')).length,
      adminKeys: (await linesOf(db, `SELECT id AS line FROM api_keys WHERE role = 'admin'`)).length,
    };
  } finally {
    await db.close();
  }
}

async function linesOf(db: Database, query: string): Promise<string[]> {
  return (await db.readSql((sql) => sql.query<{ line: string }>(query))).map(({ line }) => line).sort();
}
