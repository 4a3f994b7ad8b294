import type { Scale } from '../scenario';
import { httpLoad, type Load, type LoadResult } from './http-load';

/** Clients of rows that measure how much a service can do. */
export const CONNECTIONS = 32;

/** The load once to warm the service up, and once to measure. */
export async function warmLoad({ warmUpMs, durationMs }: Scale, load: Omit<Load, 'durationMs'>): Promise<LoadResult> {
  await httpLoad({ ...load, durationMs: warmUpMs });
  return httpLoad({ ...load, durationMs });
}
