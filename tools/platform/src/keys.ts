import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Api } from './api';

/** The keys that the local platform works with. */
export interface PlatformKeys {
  readonly client: string;
  readonly miner: string;
}

export function newAdminKey(): string {
  return randomBytes(32).toString('base64url');
}

/** Makes a key for a client and one for a miner. */
export async function issueKeys(admin: Api): Promise<PlatformKeys> {
  const issue = async (subject: string, role: string): Promise<string> => {
    const { api_key: key } = await admin.post<{ api_key: string }>('/api/v1/admin/api-keys', { subject, role });
    return key;
  };
  return { client: await issue('local-client', 'client'), miner: await issue('local-miner', 'miner') };
}

/** Keys kept in a file that only its owner may read, so that the next start finds its database's keys again. */
export class KeyFile {
  private kept: Partial<PlatformKeys> & { admin?: string };

  constructor(private readonly path: string) {
    this.kept = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Partial<PlatformKeys>) : {};
  }

  /** The admin key; a new one is kept before it is used, or a crash would lock us out of our own database. */
  adminKey(): string {
    const admin = this.kept.admin ?? newAdminKey();
    if (!this.kept.admin) this.save({ admin });
    return admin;
  }

  async keys(admin: Api): Promise<PlatformKeys> {
    const { client, miner } = this.kept;
    if (client && miner) return { client, miner };
    const issued = await issueKeys(admin);
    this.save(issued);
    return issued;
  }

  private save(changes: object): void {
    this.kept = { ...this.kept, ...changes };
    mkdirSync(dirname(this.path), { recursive: true });
    writeFileSync(this.path, `${JSON.stringify(this.kept, null, 2)}\n`, { mode: 0o600 });
  }
}
