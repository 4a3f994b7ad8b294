import { join } from 'node:path';
import { LaneSet } from './lane-set';
import { evaluateTask } from './requests';

describe('LaneSet', () => {
  it('fails what waits when no child can be started', async () => {
    const entry = join(__dirname, 'absent-entry.js');
    const lanes = new LaneSet(1, { entry, memoryMb: 64, maxReplyLength: 1_000 });
    const limits = { timeoutMs: 250, batchTimeoutMs: 500, maxInputBytes: 1_000, maxOutputBytes: 1_000 };
    const task = evaluateTask(['1'], { root: {} }, limits);
    lanes.submit(task);
    await expect(task.outcomes).rejects.toMatchObject({ code: 'sandbox_unavailable' });
    await lanes.close();
  });
});
