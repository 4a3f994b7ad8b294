import { JwsError } from '../crypto/jws';
import type { SigningKeys } from '../crypto/signing-keys';
import { type Principal, TOKEN_KEY_PREFIX } from './principal';

/** `typ` of RFC 9068: no other thing that the platform signs can pass for a token. */
const TYP = 'at+jwt';
/** Who tokens are for: every service of the platform. */
const AUDIENCE = 'aitbc';
/** Longest validity in seconds that is accepted. A token cannot be revoked: it has to end soon. */
const MAX_LIFETIME_S = 900;
const LIFETIME_S = 300;
/** How much of that a request must still have, in seconds. */
const SPARE_S = 60;
/** How far the clocks of two machines may be apart, in seconds. */
const CLOCK_SKEW_S = 5;
const SUBJECT = /^[A-Za-z0-9._:@-]{1,200}$/;

/** True for what looks like a JWT (a JSON object in base64url, and two more parts): it can be no key of ours. */
export function isToken(credential: string): boolean {
  return /^eyJ[^.]*\.[^.]*\.[^.]*$/.test(credential);
}

/**
 * Tokens by which the platform's services know each other: JWTs signed (EdDSA) and verified by the issuer's own keys,
 * retired ones for as long as a token can last. The one role that they give is `service`.
 */
export class ServiceTokens {
  constructor(
    private readonly keys: Pick<SigningKeys, 'signer' | 'verifyShortLived'>,
    private readonly issuer: () => string,
    private readonly now: () => number = Date.now,
  ) {}

  /** A token for 5 minutes; ask for a new one in time. */
  async issue(subject: string): Promise<string> {
    if (!SUBJECT.test(subject)) throw new TypeError('not the name of a service');
    const iat = this.seconds();
    const claims = { iss: this.issuer(), aud: AUDIENCE, sub: subject, role: 'service', iat, exp: iat + LIFETIME_S };
    return (await this.keys.signer()).sign(JSON.stringify(claims), TYP);
  }

  /** Gives tokens of a subject for request after request, each for as long as it is good with a minute to spare. */
  supply(subject: string): () => Promise<string> {
    let token: Promise<string> | undefined;
    let issuedAt = 0;
    return () => {
      if (!token || this.now() - issuedAt > (LIFETIME_S - SPARE_S) * 1_000) {
        issuedAt = this.now();
        token = this.issue(subject);
        // Not kept when it failed: the next caller may meet a database that is back.
        token.catch(() => (token = undefined));
      }
      return token;
    };
  }

  /** Whose token it is; `undefined` when it is not ours, not for us, or not valid now. */
  async authenticate(token: string): Promise<Principal | undefined> {
    const claims = await this.verified(token);
    if (!claims || !this.isForUs(claims) || !this.isTimely(claims)) return undefined;
    const { sub } = claims;
    if (typeof sub !== 'string' || !SUBJECT.test(sub)) return undefined;
    return { subject: sub, role: 'service', keyId: `${TOKEN_KEY_PREFIX}${sub}` };
  }

  private async verified(token: string): Promise<Readonly<Record<string, unknown>> | undefined> {
    try {
      const { payload } = await this.keys.verifyShortLived(token, TYP, MAX_LIFETIME_S * 1_000);
      const claims: unknown = JSON.parse(payload);
      return typeof claims === 'object' && claims !== null ? { ...claims } : undefined;
    } catch (error) {
      if (error instanceof JwsError || error instanceof SyntaxError) return undefined;
      throw error;
    }
  }

  private isForUs({ iss, aud, role }: Readonly<Record<string, unknown>>): boolean {
    return iss === this.issuer() && aud === AUDIENCE && role === 'service';
  }

  private isTimely({ iat, exp, nbf = iat }: Readonly<Record<string, unknown>>): boolean {
    if (!isSeconds(iat) || !isSeconds(exp) || !isSeconds(nbf)) return false;
    const now = this.seconds();
    return exp > now && Math.max(iat, nbf) <= now + CLOCK_SKEW_S && exp > iat && exp - iat <= MAX_LIFETIME_S;
  }

  private seconds(): number {
    return Math.floor(this.now() / 1_000);
  }
}

function isSeconds(value: unknown): value is number {
  return Number.isSafeInteger(value);
}
