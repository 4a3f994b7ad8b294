import { arch, availableParallelism, freemem, loadavg, platform, totalmem } from 'node:os';

const MIB = 1024 * 1024;

/** What heartbeats tell of the machine. */
export function machineFacts(): Record<string, unknown> {
  return {
    platform: platform(),
    arch: arch(),
    cpus: availableParallelism(),
    memory_mb: Math.floor(totalmem() / MIB),
    free_memory_mb: Math.floor(freemem() / MIB),
    load_average_1m: loadavg()[0],
    node_version: process.versions.node,
  };
}
