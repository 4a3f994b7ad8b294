import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Api, ApiError } from './api';

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

  /** @throws Error when the file cannot be read. */
  constructor(private readonly path: string) {
    this.kept = existsSync(path) ? readKeys(path) : {};
  }

  /**
   * The admin key: the given one, the kept one, or a new one. It is kept before it is used, or a crash would lock us out
   * of our own database.
   */
  adminKey(given: string | undefined): string {
    const admin = given ?? this.kept.admin ?? newAdminKey();
    if (admin !== this.kept.admin) this.save({ admin });
    return admin;
  }

  /**
   * The kept keys, or new ones for a database that does not know them.
   * @throws Error when the database does not know the admin key either.
   */
  async keys(admin: Api): Promise<PlatformKeys> {
    const { client, miner } = this.kept;
    if (client && miner && (await isKnown(admin.withKey(client)))) return { client, miner };
    if (!(await isKnown(admin))) {
      throw new Error(`the database does not know the keys of ${this.path}: it was made with others`);
    }
    const issued = await issueKeys(admin);
    this.save(issued);
    return issued;
  }

  /** By renaming, since a file that was cut off in the middle would lose the only copy of the keys. */
  private save(changes: object): void {
    this.kept = { ...this.kept, ...changes };
    mkdirSync(dirname(this.path), { recursive: true });
    const next = `${this.path}.next`;
    writeFileSync(next, `${JSON.stringify(this.kept, null, 2)}\n`, { mode: 0o600 });
    renameSync(next, this.path);
  }
}

function readKeys(path: string): Partial<PlatformKeys> & { admin?: string } {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Partial<PlatformKeys> & { admin?: string };
  } catch (cause) {
    throw new Error(`${path} does not hold keys; restore it, or remove it with its database`, { cause });
  }
}

async function isKnown(api: Api): Promise<boolean> {
  try {
    await api.get('/api/v1/services');
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return false;
    throw error;
  }
}
