import type { ChildProcess } from 'node:child_process';

/** A coordinator that the suite has started for itself, with the folder of its database. */
export interface OwnService {
  readonly child: ChildProcess;
  readonly folder: string;
}

// Jest loads set-up and tear-down each with modules of their own; what they share is the global object.
const shared = globalThis as { ownService?: OwnService };

export function keep(service: OwnService): void {
  shared.ownService = service;
}

export function ownService(): OwnService | undefined {
  return shared.ownService;
}
