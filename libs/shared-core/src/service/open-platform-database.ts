import { ensureAdminKey, platformEntities, platformMigrations } from '../auth';
import { ensureSigningKey } from '../crypto';
import type { Database } from '../database/database';
import type { MigrationClass } from '../database/database-options';
import { openDatabase } from '../database/open-database';
import type { Logger } from '../logging/logger';

export interface PlatformDatabaseOptions {
  readonly config: { readonly DATABASE_URL: string; readonly BOOTSTRAP_ADMIN_KEY: string | undefined };
  /** What the service keeps there beside keys and idempotency records. */
  readonly entities: readonly (new () => object)[];
  readonly migrations: readonly MigrationClass[];
  readonly logger: Logger;
  /** Shows the first admin key of a new database to the operator. */
  readonly showAdminKey: (key: string) => void;
}

/**
 * Opens the database that the platform's services share. Whichever of them comes first makes the tables of all that it
 * knows, the signing key and the first admin key, under a lock that the others wait for.
 */
export function openPlatformDatabase(options: PlatformDatabaseOptions): Promise<Database> {
  const { config, entities, migrations, logger, showAdminKey } = options;
  return openDatabase({
    url: config.DATABASE_URL,
    entities: [...platformEntities, ...entities],
    migrations: [...platformMigrations, ...migrations],
    logger,
    prepare: async (manager) => {
      await ensureSigningKey(manager);
      const created = await ensureAdminKey(manager, config.BOOTSTRAP_ADMIN_KEY);
      if (created !== undefined && created !== config.BOOTSTRAP_ADMIN_KEY) showAdminKey(created);
    },
  });
}
