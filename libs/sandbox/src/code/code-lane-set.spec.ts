import { join } from 'node:path';
import { CodeJob } from './code-job';
import { CodeLaneSet } from './code-lane-set';

describe('CodeLaneSet', () => {
  it('fails what waits when no worker can be started', async () => {
    const lanes = new CodeLaneSet(1, join(__dirname, 'absent-entry.js'));
    const limits = { timeoutMs: 250, memoryMb: 32, maxOutputBytes: 1_000 };
    const job = new CodeJob({ code: 'export default () => 1', inputJson: '1', limits }, undefined);
    lanes.submit(job);
    await expect(job.reply).rejects.toMatchObject({ code: 'sandbox_unavailable' });
    await lanes.close();
  });
});
