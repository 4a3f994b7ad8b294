import { Principal } from './principal';

const BELIEVED_MS = 5_000;
/** Bounds memory: more keys than this within 5 s are looked up each time. */
const MAX_ENTRIES = 10_000;

/** Keys that were found valid a moment ago, by hash. Unknown keys are not kept: strangers could fill it. */
export class CheckedKeys {
  private readonly entries = new Map<string, { readonly principal: Principal; readonly until: number }>();
  private cleared = 0;

  /** Changes with each `clear`. */
  get generation(): number {
    return this.cleared;
  }

  get(hash: string): Principal | undefined {
    const entry = this.entries.get(hash);
    if (entry && entry.until > Date.now()) return entry.principal;
    if (entry) this.entries.delete(hash);
    return undefined;
  }

  /** Keeps the answer for 5 s, at most until the key expires, unless `clear` was called since `generation`. */
  put(hash: string, principal: Principal, expiresAt: number, generation: number): void {
    if (generation !== this.cleared) return;
    if (this.entries.size >= MAX_ENTRIES) this.entries.clear();
    this.entries.set(hash, { principal, until: Math.min(Date.now() + BELIEVED_MS, expiresAt) });
  }

  clear(): void {
    this.cleared += 1;
    this.entries.clear();
  }
}
