import { OperatorError } from '@aitbc/operator-programs';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A release that agents can be served by, hot beside today's services. */
export interface RoutedRelease {
  /** As in `deploy/releases.json`. */
  readonly name: string;
  /** `host:port`. */
  readonly address: string;
  /** Prefixes of the paths that it serves; what came later stays with today's service. */
  readonly paths: readonly string[];
}

/** What a router stands in front of: what its nginx configuration was made from. */
export interface RouterDescription {
  /** Whole path of the folder with the configuration and the ways. */
  readonly folder: string;
  /** `host:port` that it listens on. */
  readonly listen: string;
  /** `host:port` of each. */
  readonly coordinator: string;
  readonly agentManagement: string;
  readonly shadow: string;
  readonly releases: readonly RoutedRelease[];
}

const FILE = 'router.json';

export function descriptionText(description: RouterDescription): string {
  return `${JSON.stringify(description, null, 2)}\n`;
}

/** Path of the description in a router's folder. */
export function descriptionFile(folder: string): string {
  return join(folder, FILE);
}

/** @throws OperatorError when the folder has no router. */
export function readDescription(folder: string): RouterDescription {
  try {
    return JSON.parse(readFileSync(descriptionFile(folder), 'utf8')) as RouterDescription;
  } catch (cause) {
    throw new OperatorError(`${folder} has no router; make one with deploy/bin/nginx-config --folder ${folder}`, {
      cause,
    });
  }
}
