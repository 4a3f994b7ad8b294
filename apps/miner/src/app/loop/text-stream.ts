import { setTimeout as sleep } from 'node:timers/promises';
import type { AssignedJob, MinerChunks } from '@aitbc/contracts';
import type { Logger } from '@aitbc/shared-core';
import type { CoordinatorClient, CoordinatorRefusal } from '../coordinator/coordinator-client';
import type { Delivery } from './delivery';
import type { Lease } from './lease';

/** As the coordinator takes them: pieces in a request, and characters in a piece (each at most two UTF-16 units). */
const MOST_PIECES = 256;
const PIECE = /.{1,2000}/gsu;
/** The first piece goes at once; later ones gather this long, or a fast model would be held up by the rate limit. */
const GATHER_MS = 50;

type Chunks = Omit<MinerChunks, 'attempt'>;

/** Makes the {@link TextStream} of each job. */
export class TextStreams {
  constructor(
    private readonly client: CoordinatorClient,
    private readonly delivery: Delivery,
    private readonly log: Logger,
  ) {}

  /** @param onDropped told when the coordinator says that the job is no longer ours. */
  open({ job_id: id, attempt }: AssignedJob, lease: Lease, signal: AbortSignal, onDropped: () => void): TextStream {
    const send = (chunks: Chunks) =>
      this.delivery.deliver(
        (token) => this.client.sendChunks(token, id, { attempt, ...chunks }, signal),
        lease,
        signal,
      );
    return new TextStream(send, onDropped, this.log);
  }
}

/**
 * The text of one attempt on its way to the coordinator: one request at a time, in order, each piece numbered, so that
 * a request which is sent again adds nothing twice. What comes meanwhile gathers for the next request.
 */
export class TextStream {
  private readonly waiting: string[] = [];
  /** How many pieces the coordinator has. */
  private sent = 0;
  /** First half of a surrogate pair, whose second half is still to come. */
  private half = '';
  private sending: Promise<void> | undefined;
  private closed = false;
  private readonly hurry = new AbortController();

  /** @param send gives the refusal when the coordinator does not want it. */
  constructor(
    private readonly send: (chunks: Chunks) => Promise<CoordinatorRefusal | undefined>,
    private readonly onDropped: () => void,
    private readonly log: Logger,
  ) {}

  readonly emit = (text: string): void => {
    if (this.closed) return;
    this.waiting.push(...this.piecesOf(text));
    if (this.waiting.length > 0) this.sending ??= this.sendAll();
  };

  /** Resolves when all that was emitted has been delivered, or nobody wants it. */
  async flush(): Promise<void> {
    this.hurry.abort();
    await this.sending;
  }

  /** Sends nothing more, and tells nothing more. */
  close(): void {
    this.closed = true;
    this.waiting.length = 0;
    this.hurry.abort();
  }

  /** Never rejects: that text cannot be delivered is no reason to give up a job whose result can be. */
  private async sendAll(): Promise<void> {
    try {
      while (this.waiting.length > 0) {
        await this.sendSome();
        if (!this.closed) await sleep(GATHER_MS, undefined, { signal: this.hurry.signal }).catch(() => undefined);
      }
    } catch (error) {
      this.log.debug('text was not delivered', { error });
      this.close();
    }
    // At once with the last look at `waiting`: what is emitted from now on finds nobody sending.
    this.sending = undefined;
  }

  private async sendSome(): Promise<void> {
    const texts = this.waiting.slice(0, MOST_PIECES);
    const refusal = await this.send({ first: this.sent + 1, texts });
    if (this.closed) return;
    this.waiting.splice(0, texts.length);
    this.sent += texts.length;
    if (refusal) this.refused(refusal);
  }

  /** 409 is about the job. Others, such as the 404 of a coordinator that knows no streams, are about the text alone. */
  private refused(refusal: CoordinatorRefusal): void {
    this.close();
    this.log.info('the coordinator does not take the text', { error: refusal.message });
    if (refusal.status === 409) this.onDropped();
  }

  /** The coordinator refuses half of a surrogate pair, but some endpoints cut there. */
  private piecesOf(text: string): readonly string[] {
    const all = this.half + text;
    const [half = ''] = /[\uD800-\uDBFF]$/.exec(all) ?? [];
    this.half = half;
    const whole = Buffer.from(all.slice(0, all.length - half.length)).toString();
    return whole.match(PIECE) ?? [];
  }
}
