import type { Coordinator } from './coordinator';

/** Resident memory of the process by its own account. */
export async function residentMiB(coordinator: Coordinator): Promise<number> {
  return (await metric(coordinator, 'process_resident_memory_bytes')) / 2 ** 20;
}

/** Seconds that it has computed since its start, all threads together; not those of its expression children. */
export function cpuSeconds(coordinator: Coordinator): Promise<number> {
  return metric(coordinator, 'process_cpu_seconds_total');
}

async function metric({ client }: Coordinator, name: string): Promise<number> {
  const { text } = await client.send('GET', '/metrics');
  const value = new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'm').exec(text)?.[1];
  if (value === undefined) throw new Error(`/metrics has no ${name}`);
  return Number(value);
}
