import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '../testing/job-context';
import { discoverGpus } from './gpus';

describe('discoverGpus', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'miner-gpus-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  /** A program that answers like nvidia-smi: a query with lines, a call without arguments with its banner. */
  async function program(lines: string, exitCode = 0): Promise<string> {
    const path = join(folder, 'nvidia-smi');
    const banner = '| NVIDIA-SMI 550.54   Driver Version: 550.54   CUDA Version: 12.4     |';
    const script = `#!/bin/sh\nif [ $# -gt 0 ]; then printf '${lines}'; else echo '${banner}'; fi\nexit ${exitCode}\n`;
    await writeFile(path, script);
    await chmod(path, 0o755);
    return path;
  }

  it('reads names, memory and the CUDA version', async () => {
    const path = await program('NVIDIA GeForce RTX 4090, 24564\\nNVIDIA A100-SXM4-80GB, 81920\\n');
    expect(await discoverGpus(silentLog, path)).toEqual({
      gpus: [
        { name: 'NVIDIA GeForce RTX 4090', memory_mb: 24564 },
        { name: 'NVIDIA A100-SXM4-80GB', memory_mb: 81920 },
      ],
      cuda: '12.4',
    });
  });

  it('leaves a GPU out whose memory is not known', async () => {
    const path = await program('NVIDIA GB10, [N/A]\\nNVIDIA T4, 15360\\n');
    expect((await discoverGpus(silentLog, path)).gpus).toEqual([{ name: 'NVIDIA T4', memory_mb: 15360 }]);
  });

  it('finds none where the program is not there, fails or lists nothing', async () => {
    expect(await discoverGpus(silentLog, join(folder, 'absent'))).toEqual({ gpus: [] });
    expect(await discoverGpus(silentLog, await program('', 9))).toEqual({ gpus: [] });
    expect(await discoverGpus(silentLog, await program(''))).toEqual({ gpus: [] });
  });
});
