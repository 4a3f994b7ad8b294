import { OperatorError } from '@aitbc/operator-programs';
import type { BackupManifest } from '../backup/manifest';
import { PostgresConnection } from '../backup/postgres-connection';
import { runOnDatabase, toolVersion } from '../backup/postgres-tools';
import type { RestoreCheck } from './checks';
import { settleFeed } from './settle-feed';

/** Where a restored database is until it is verified; without a schema `public` no service can begin to work on it. */
export const UNVERIFIED = 'unverified';

const SET_ASIDE = `ALTER SCHEMA public RENAME TO ${UNVERIFIED}`;

const RELATIONS = `
  SELECT count(*) AS relations FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`;

const OTHERS = `
  SELECT count(*) AS others FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`;

type Verify = (database: PostgresConnection) => Promise<RestoreCheck[]>;

/**
 * Restores a dump into an empty database, as one transaction, and sets it aside until it is verified.
 * @throws OperatorError when the database is not empty, is used, or cannot take this dump
 */
export async function restorePostgres(
  { dump, url, manifest }: { readonly dump: string; readonly url: string; readonly manifest: BackupManifest },
  verify: Verify,
): Promise<RestoreCheck[]> {
  const database = await PostgresConnection.open(url);
  try {
    await assertTools(await database.majorVersion(), manifest);
    await assertEmpty(database);
    // Tried before hours of restoring: who may not do it does not own the database.
    await database.query('BEGIN');
    await database.query(SET_ASIDE);
    await database.query('ROLLBACK');
    const options = ['--exit-on-error', '--single-transaction', '--no-owner', '--no-acl'];
    await runOnDatabase('pg_restore', url, [...options, dump]);
    await database.query(SET_ASIDE);
    await database.query(`SET search_path = ${UNVERIFIED}`);
    const checks = await verify(database);
    if (checks.every(({ ok }) => ok)) await release(database);
    return checks;
  } finally {
    await database.close();
  }
}

/** The tools of an older major version can read no dump of a newer one, and neither can an older server. */
async function assertTools(server: number, { postgres }: BackupManifest): Promise<void> {
  const tool = await toolVersion('pg_restore');
  if (!postgres) return;
  if (tool < postgres.tool)
    throw new OperatorError(
      `pg_restore is of PostgreSQL ${tool}, the dump was made by ${postgres.tool}: install that or a newer one`,
    );
  if (server < postgres.server)
    throw new OperatorError(
      `the server is PostgreSQL ${server}, the dump is of ${postgres.server}: use that or a newer one`,
    );
}

async function assertEmpty(database: PostgresConnection): Promise<void> {
  const [found] = await database.query<{ relations: number }>(RELATIONS);
  if ((found?.relations ?? 0) > 0)
    throw new OperatorError('the database is not empty: make a new one (createdb), and name it by --database');
  const [users] = await database.query<{ others: number }>(OTHERS);
  if ((users?.others ?? 0) > 0) throw new OperatorError('the database is used by others: stop the services first');
}

async function release(database: PostgresConnection): Promise<void> {
  await database.query('BEGIN');
  await settleFeed(database);
  await database.query(`ALTER SCHEMA ${UNVERIFIED} RENAME TO public`);
  await database.query('COMMIT');
}
