export { minerDocument, minerWorkDocument } from './miner.openapi';
export { MinerService } from './miner.service';
export { MinerStore } from './miner.store';
export { createMinerRouter } from './miner.router';
export { createMinerWorkRouter } from './miner-work.router';
export { MinerWorkService } from './miner-work.service';
