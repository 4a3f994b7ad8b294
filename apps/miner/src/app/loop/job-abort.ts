/**
 * Why a running job is aborted; the reason of its signal.
 * `dropped`: the coordinator cancelled it or gave it away. `lease_lost`: no contact for too long, so it surely did.
 * `stopping`: this miner stops and hands the job back.
 */
export class JobAborted extends Error {
  constructor(readonly why: 'dropped' | 'lease_lost' | 'stopping') {
    super(
      { dropped: 'the job was cancelled', lease_lost: 'its lease is lost', stopping: 'the miner is stopping' }[why],
    );
    this.name = 'JobAborted';
  }
}
