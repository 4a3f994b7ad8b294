import { SigningKeyEntity } from '../crypto/signing-key.entity';
import { IdempotencyRecordEntity } from '../idempotency/idempotency-record.entity';
import { ApiKeyEntity } from './api-key.entity';
import { Platform1779999999000 } from './migrations/1779999999000-platform';
import { Idempotency1780000000100 } from './migrations/1780000000100-idempotency';

/**
 * What every database of the platform has beside the domains: the keys that sign, the keys that let callers in, and
 * the records by which repeated requests are recognised.
 */
export const platformEntities = [SigningKeyEntity, ApiKeyEntity, IdempotencyRecordEntity];

export const platformMigrations = [Platform1779999999000, Idempotency1780000000100];
