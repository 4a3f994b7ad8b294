import type { Service } from './platform';

/** Resident memory of the process by its own account. */
export async function residentMiB(service: Service): Promise<number> {
  return (await metric(service, 'process_resident_memory_bytes')) / 2 ** 20;
}

/** Seconds that it has computed since its start, all threads together; not those of its expression children. */
export function cpuSeconds(service: Service): Promise<number> {
  return metric(service, 'process_cpu_seconds_total');
}

async function metric({ client }: Service, name: string): Promise<number> {
  const { text } = await client.send('GET', '/metrics');
  const value = new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'm').exec(text)?.[1];
  if (value === undefined) throw new Error(`/metrics has no ${name}`);
  return Number(value);
}
