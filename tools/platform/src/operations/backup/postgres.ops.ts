import { openPlatformDatabase } from '@aitbc/shared-core';
import { memoryLogger, temporaryFolder } from '@aitbc/shared-core/testing';
import { agentContextEntities, agentContextMigrations } from '@aitbc/shared-domain';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { BuiltInstallation } from '../../backups/built-installation';
import { type LocalPostgres, localPostgresBin, startLocalPostgres } from '../../backups/local-postgres';
import { DIST } from '../../testing/dist';

const folder = temporaryFolder();
const installation = new BuiltInstallation(folder.path, DIST);
let server: LocalPostgres;
let backup: string;

beforeAll(async () => {
  const bin = localPostgresBin();
  if (bin === undefined) throw new Error('no PostgreSQL server is installed: apt-get install postgresql');
  server = await startLocalPostgres(bin);
  const url = await server.createDatabase('origin');
  await migrate(url);
  backup = (await installation.backup('--database', url)).path;
});
afterAll(async () => {
  await server.stop();
  await folder.remove();
});

it('restores into an empty database, for services to go on with', async () => {
  const url = await server.createDatabase('restored');
  const { ok, checks } = await installation.restore(backup, '--database', url);
  expect(checks.filter((check) => !check.ok)).toEqual([]);
  expect(ok).toBe(true);
  expect(await schemasWithTables(url)).toEqual(['public']);
  await migrate(url);
});

it('leaves what does not hold in a schema that no service finds', async () => {
  const manifest = join(backup, 'backup.json');
  const text = readFileSync(manifest, 'utf8');
  writeFileSync(manifest, text.replace('"signing_keys": 1', '"signing_keys": 2'));
  const url = await server.createDatabase('broken');
  const { ok, checks } = await installation.restore(backup, '--database', url);
  writeFileSync(manifest, text);
  expect(ok).toBe(false);
  expect(checks.filter((check) => !check.ok).map(({ detail }) => detail)).toEqual([
    'signing_keys has 1 rows instead of 2',
  ]);
  expect(await schemasWithTables(url)).toEqual(['unverified']);
  await expect(migrate(url)).rejects.toThrow('no schema has been selected to create in');
  await expect(installation.restore(backup, '--database', url)).rejects.toThrow('the database is not empty');
});

it('does not restore into a database that somebody uses', async () => {
  const url = await server.createDatabase('used');
  const client = new Client({ connectionString: url });
  await client.connect();
  await expect(installation.restore(backup, '--database', url)).rejects.toThrow('the database is used by others');
  await client.end();
});

it('finds a dump that was cut off', async () => {
  const dump = join(backup, 'coordinator.dump');
  const whole = readFileSync(dump);
  expect(await installation.restore(backup, '--check-only')).toMatchObject({ ok: true });
  writeFileSync(dump, whole.subarray(0, whole.length / 2));
  expect(await installation.restore(backup, '--check-only')).toMatchObject({ ok: false, checks: [{ name: 'files' }] });
  writeFileSync(dump, whole);
});

/** As a service does when it starts. */
async function migrate(url: string): Promise<void> {
  const database = await openPlatformDatabase({
    config: { DATABASE_URL: url, BOOTSTRAP_ADMIN_KEY: undefined },
    entities: agentContextEntities,
    migrations: agentContextMigrations,
    logger: memoryLogger().logger,
    showAdminKey: () => undefined,
  });
  await database.close();
}

async function schemasWithTables(url: string): Promise<string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    `SELECT DISTINCT table_schema AS name FROM information_schema.tables
     WHERE table_schema NOT IN ('pg_catalog', 'information_schema')`,
  );
  await client.end();
  return rows.map(({ name }) => name);
}
