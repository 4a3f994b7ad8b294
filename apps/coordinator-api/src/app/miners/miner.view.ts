import { Miner } from '@aitbc/coordinator-domain';
import { fromUnits, timeText } from '@aitbc/shared-core';

/** A miner as its operator sees it; neither session nor its hash is shown. */
export function minerView(miner: Miner, online: boolean) {
  return {
    id: miner.id,
    miner_id: miner.id,
    owner_id: miner.ownerId,
    capabilities: {
      services: miner.services,
      models: miner.models,
      gpus: miner.gpus,
      cuda: miner.cuda,
      price: fromUnits(miner.price),
    },
    concurrency: miner.concurrency,
    region: miner.region,
    public_key: miner.publicKey,
    status: online ? miner.status : 'offline',
    online,
    inflight: miner.inflight,
    metadata: miner.metadata,
    last_heartbeat_at: timeText(miner.lastHeartbeatAt),
    created_at: timeText(miner.registeredAt),
    updated_at: timeText(miner.updatedAt),
  };
}
