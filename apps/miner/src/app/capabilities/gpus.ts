import type { MinerCapabilities } from '@aitbc/contracts';
import type { Logger } from '@aitbc/shared-core';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export type GpuCapabilities = Pick<MinerCapabilities, 'gpus' | 'cuda'>;

const run = promisify(execFile);
const TIMEOUT_MS = 10_000;
const QUERY = ['--query-gpu=name,memory.total', '--format=csv,noheader,nounits'];

/**
 * The NVIDIA GPUs of this machine and the CUDA version of their driver, as `nvidia-smi` tells them; none where that
 * program is not there or fails. Nothing else is asked: a GPU that nobody can name cannot be matched with a job.
 * @param program another name than `nvidia-smi`, for tests.
 */
export async function discoverGpus(log: Logger, program = 'nvidia-smi'): Promise<GpuCapabilities> {
  try {
    const gpus = parseGpus((await run(program, QUERY, { timeout: TIMEOUT_MS })).stdout, log);
    if (gpus.length === 0) return { gpus };
    const cuda = /CUDA Version:\s*(\d+\.\d+)/.exec((await run(program, [], { timeout: TIMEOUT_MS })).stdout)?.[1];
    return { gpus, ...(cuda !== undefined && { cuda }) };
  } catch (error) {
    const isAbsent = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (isAbsent) log.info('no GPUs: there is no nvidia-smi on this machine');
    else log.warn('no GPUs: nvidia-smi failed', { error });
    return { gpus: [] };
  }
}

/** Lines such as `NVIDIA GeForce RTX 4090, 24564` (MiB). */
function parseGpus(csv: string, log: Logger): MinerCapabilities['gpus'] {
  const lines = csv.split('\n').filter((line) => line.trim() !== '');
  return lines.flatMap((line) => {
    const match = /^(.+),\s*(\d+)\s*$/.exec(line);
    // `[N/A]` on machines with one memory for all: the size would be a guess.
    if (!match) log.warn('a GPU is left out: its memory is not known', { line });
    return match ? [{ name: String(match[1]).trim(), memory_mb: Number(match[2]) }] : [];
  });
}
