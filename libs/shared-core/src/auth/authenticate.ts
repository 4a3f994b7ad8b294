import { Request, RequestHandler } from 'express';
import { AppError } from '../errors/app-error';
import { isToken } from './service-tokens';
import { Principal, principalOf, Role, setPrincipal } from './principal';

/** Tells whose credential it is; `undefined` when it is nobody's (any more). */
export interface Authenticator {
  authenticate(credential: string): Promise<Principal | undefined>;
}

const BEARER = /^Bearer +(\S+)$/i;

/**
 * Lets only requests with a valid credential through: a key in `X-Api-Key` or as `Authorization: Bearer …`, or a
 * service's token as the latter. Others get 401.
 * @param keys knows keys.
 * @param tokens knows tokens; without it none is accepted.
 */
export function authenticate(keys: Authenticator, tokens?: Authenticator): RequestHandler {
  return async (req, _res, next) => {
    const { credential, bearer } = credentialOf(req);
    if (credential === undefined) throw new AppError('unauthenticated', 'send a key in X-Api-Key');
    const authenticator = tokens && bearer && isToken(credential) ? tokens : keys;
    const principal = await authenticator.authenticate(credential);
    if (!principal) throw new AppError('unauthenticated', 'the key or token is unknown, expired or revoked');
    setPrincipal(req, principal);
    next();
  };
}

/** Lets only principals with one of these roles through; others get 403. Stands after `authenticate`. */
export function requireRole(...roles: readonly Role[]): RequestHandler {
  return (req, _res, next) => {
    const { role } = principalOf(req);
    if (!roles.includes(role)) throw new AppError('forbidden', `the role ${role} may not do that`);
    next();
  };
}

function credentialOf(req: Request): { readonly credential: string | undefined; readonly bearer: boolean } {
  const key = req.get('x-api-key');
  if (key !== undefined) return { credential: key, bearer: false };
  return { credential: BEARER.exec(req.get('authorization') ?? '')?.[1], bearer: true };
}
