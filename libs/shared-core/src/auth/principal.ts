import { Request } from 'express';
import { AppError } from '../errors/app-error';

export const ROLES = ['admin', 'client', 'miner', 'service'] as const;
export type Role = (typeof ROLES)[number];

/** How the `keyId` of a principal begins that was known by a service token; ids of keys begin otherwise. */
export const TOKEN_KEY_PREFIX = 'token:';

/** Who calls. */
export interface Principal {
  /** What owns objects: `owner_id`, `client_id`. Several keys may have one subject. */
  readonly subject: string;
  readonly role: Role;
  /** Id of the key that was shown. */
  readonly keyId: string;
}

const principals = new WeakMap<Request, Principal>();

export function setPrincipal(req: Request, principal: Principal): void {
  principals.set(req, principal);
}

/**
 * Who calls, as `authenticate` found out.
 * @throws AppError `unauthenticated` when the route has no `authenticate` before it: closed rather than open.
 */
export function principalOf(req: Request): Principal {
  const principal = principals.get(req);
  if (!principal) throw new AppError('unauthenticated', 'send a valid key in X-Api-Key');
  return principal;
}
