import { SigningKeyEntity } from '../crypto/signing-key.entity';
import { ApiKeyEntity } from './api-key.entity';
import { Platform1779999999000 } from './migrations/1779999999000-platform';

/** What every database of the platform has beside the domains: the keys that sign, and the keys that let callers in. */
export const platformEntities = [SigningKeyEntity, ApiKeyEntity];

export const platformMigrations = [Platform1779999999000];
