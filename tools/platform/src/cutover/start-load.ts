import { issueKeys } from '../keys';
import { MixedLoad } from '../load/mixed-load';
import { loadKeys } from './load-keys';
import type { DrillStage } from './routed-drill';
import { TimelineRecord } from './timeline-record';

export interface StartedLoad {
  readonly clients: number;
  /** Requests of all clients in a second. */
  readonly perSecond: number;
}

/** Begins a load through the router that the timeline records, with a miner for its jobs. */
export async function startLoad(
  { services, timeline }: Pick<DrillStage, 'services' | 'timeline'>,
  { clients, perSecond }: StartedLoad,
): Promise<MixedLoad> {
  const keys = await loadKeys(services.admin, clients);
  services.startMiner((await issueKeys(services.admin)).miner);
  const record = new TimelineRecord(timeline);
  return new MixedLoad({ url: services.urls.router, keys, record, perSecond });
}
