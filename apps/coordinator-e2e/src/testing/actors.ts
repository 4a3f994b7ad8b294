import { randomBytes } from 'node:crypto';
import { Client } from './client';
import { target } from './target';

// jscpd:ignore-start — each suite is frozen by itself with the release that it judges, so they share no code.
export type Role = 'admin' | 'client' | 'miner' | 'service';

/** A principal of one file: its keys are revoked when the file is done. */
export interface Actor {
  readonly subject: string;
  readonly key: string;
  readonly http: Client;
}

const KEYS = '/api/v1/admin/api-keys';
export const admin = new Client(target.adminKey);
const goodbyes: (() => Promise<unknown>)[] = [];

// Of each file that imports this one; in reverse, since what was made last needs what was made first.
afterAll(async () => {
  for (const goodbye of goodbyes.toReversed()) await goodbye();
});

/** Has something done when the file is done, before the keys that were issued until now are revoked. */
export function atEnd(goodbye: () => Promise<unknown>): void {
  goodbyes.push(goodbye);
}

/** A name that no other run of the suite has used or will use. */
export function unique(prefix: string): string {
  return `${prefix}-${randomBytes(8).toString('hex')}`;
}

export async function actor(role: Role, subject = unique(role)): Promise<Actor> {
  const { body } = await admin.post(KEYS, { subject, role, label: 'end-to-end suite' });
  atEnd(() => admin.delete(`${KEYS}/${body.id}`));
  return { subject, key: body.api_key, http: new Client(body.api_key) };
}
// jscpd:ignore-end
