import type { LaunchedCoordinator, TestBed } from './test-bed';

export interface SharedDatabase {
  /** Where each of the processes answers. */
  readonly urls: readonly [string, ...string[]];
  /** A client's key that all of them know. */
  readonly key: string;
}

/** Processes of the coordinator on one database. */
export async function coordinatorsOn(bed: TestBed, databaseUrl: string, processes: number): Promise<SharedDatabase> {
  const launch = (): Promise<LaunchedCoordinator> => bed.coordinator({ DATABASE_URL: databaseUrl });
  const first = await launch();
  const others: string[] = [];
  while (others.length < processes - 1) others.push((await launch()).url);
  return { urls: [first.url, ...others], key: first.keys.client };
}
