import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT } from '../units/deployed-files';

export const DOCKER = join(ROOT, 'deploy', 'docker');

/** The services whose images we make. */
export const IMAGES = ['coordinator-api', 'agent-management', 'miner'] as const;

export type ImageName = (typeof IMAGES)[number];

/** What is read of a service. */
export interface ComposeService {
  readonly image: string;
  readonly build?: { readonly context: string; readonly dockerfile: string; readonly args: Record<string, string> };
  readonly profiles?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly entrypoint?: readonly string[];
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly tmpfs?: readonly string[];
  readonly networks?: readonly string[];
  readonly read_only?: boolean;
  readonly init?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly restart?: string;
  readonly pids_limit?: number;
  readonly stop_grace_period?: string;
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
  readonly logging?: { readonly driver: string };
  readonly network_mode?: string;
}

export interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>;
  readonly volumes: Readonly<Record<string, object>>;
}

/** `${NAME}`, `${NAME:-default}`, `${NAME:?what is missing}`. */
const VARIABLE = /\$\{(\w+)(?::([-?])([^}]*))?\}/g;

/** `compose.yaml` as Compose reads it with these variables. @throws Error when it needs one that is not there */
export function composeFile(variables: Readonly<Record<string, string>>): ComposeFile {
  return interpolated(parse(composeText(), { merge: true }), variables) as ComposeFile;
}

/** Names of the variables that it asks for. */
export function composeVariables(): string[] {
  return [...new Set([...withoutComments(composeText()).matchAll(VARIABLE)].map(([, name = '']) => name))].sort();
}

/** Names of the variables that `example.env` explains, whether they have a value there or not. */
export function exampleVariables(): string[] {
  const text = readFileSync(join(DOCKER, 'example.env'), 'utf8');
  return [...text.matchAll(/^#?([A-Z_]+)=/gm)].map(([, name = '']) => name).sort();
}

export function service(file: ComposeFile, name: string): ComposeService {
  const found = file.services[name];
  if (!found) throw new Error(`compose.yaml has no service ${name}`);
  return found;
}

function composeText(): string {
  return readFileSync(join(DOCKER, 'compose.yaml'), 'utf8');
}

function withoutComments(text: string): string {
  return text.replace(/^\s*#.*$/gm, '');
}

function interpolated(value: unknown, variables: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string') return value.replace(VARIABLE, (...groups) => valueOf(groups as string[], variables));
  if (Array.isArray(value)) return value.map((item) => interpolated(item, variables));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, interpolated(item, variables)]));
}

function valueOf(
  [, name = '', kind, text = '']: readonly string[],
  variables: Readonly<Record<string, string>>,
): string {
  const value = variables[name];
  if (value) return value;
  if (kind === '?') throw new Error(`${name} is missing: ${text}`);
  return kind === '-' ? text : '';
}
