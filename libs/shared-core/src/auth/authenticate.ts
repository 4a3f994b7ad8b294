import { Request, RequestHandler } from 'express';
import { AppError } from '../errors/app-error';
import { Principal, principalOf, Role, setPrincipal } from './principal';

/** Tells whose credential it is; `undefined` when it is nobody's (any more). */
export interface Authenticator {
  authenticate(credential: string): Promise<Principal | undefined>;
}

const BEARER = /^Bearer +(\S+)$/i;

/** Lets only requests with a valid credential through, in `X-Api-Key` or as `Authorization: Bearer …`; others get 401. */
export function authenticate(authenticator: Authenticator): RequestHandler {
  return async (req, _res, next) => {
    const credential = credentialOf(req);
    if (credential === undefined) throw new AppError('unauthenticated', 'send a key in X-Api-Key');
    const principal = await authenticator.authenticate(credential);
    if (!principal) throw new AppError('unauthenticated', 'the key is unknown, expired or revoked');
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

function credentialOf(req: Request): string | undefined {
  return req.get('x-api-key') ?? BEARER.exec(req.get('authorization') ?? '')?.[1];
}
