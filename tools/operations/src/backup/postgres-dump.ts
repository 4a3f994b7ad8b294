import { type DatabaseFacts, factsOf } from './database-facts';
import { PostgresConnection } from './postgres-connection';
import { assertToolFits, runOnDatabase } from './postgres-tools';

export interface PostgresDump {
  readonly facts: DatabaseFacts;
  readonly versions: { readonly server: number; readonly tool: number };
}

/** Dumps a database while others write to it. What it counts is of the very snapshot that the dump is of. */
export async function dumpPostgres(url: string, target: string): Promise<PostgresDump> {
  const connection = await PostgresConnection.open(url);
  try {
    const server = await connection.majorVersion();
    const tool = await assertToolFits('pg_dump', server);
    await connection.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const [snapshot] = await connection.query<{ id: string }>('SELECT pg_export_snapshot() AS id');
    await runOnDatabase('pg_dump', url, ['--format=custom', `--snapshot=${snapshot?.id ?? ''}`, `--file=${target}`]);
    return { facts: await factsOf(connection), versions: { server, tool } };
  } finally {
    await connection.close();
  }
}
