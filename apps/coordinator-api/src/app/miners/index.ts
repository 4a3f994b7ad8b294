export { minerDocument, minerWorkDocument } from './miner.openapi';
export { MinerService } from './miner.service';
export { MinerEarningsStore } from './miner-earnings.store';
export { MinerStore } from './miner.store';
export { minerView } from './miner.view';
export { createMinerRouter } from './miner.router';
export { createMinerWorkRouter } from './miner-work.router';
export { MinerWorkService } from './miner-work.service';
