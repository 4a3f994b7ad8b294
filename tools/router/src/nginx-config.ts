import { runProgram, UsageError } from '@aitbc/operator-programs';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { descriptionFile, descriptionText, type RouterDescription } from './description';
import { httpConfiguration, wholeConfiguration } from './nginx/files';
import { routerFolder } from './router-folder';
import { routedReleases } from './releases';
import { WaysFolder } from './ways-folder';

const USAGE = `usage: nginx-config [--folder DIR] [--listen HOST:PORT] [--coordinator HOST:PORT] [--agent-management HOST:PORT]
                    [--release NAME=HOST:PORT]... [--shadow HOST:PORT] [--releases FILE] [--print]
  --folder    of the router; default: var/router, or /var/lib/aitbc/router
  --listen    default: 127.0.0.1:8080
  --releases  default: the releases.json that came with this program
  --print     writes aitbc.conf to standard output, and nothing else
Writes nginx.conf (an nginx of its own: nginx -p DIR/ -c nginx.conf), aitbc.conf (to be included in the http block of
another one), router.json (what the other programs go by) and, in a new folder, the first ways.`;

const options = {
  folder: { type: 'string' },
  listen: { type: 'string', default: '127.0.0.1:8080' },
  coordinator: { type: 'string', default: '127.0.0.1:8011' },
  'agent-management': { type: 'string', default: '127.0.0.1:8012' },
  shadow: { type: 'string', default: '127.0.0.1:8015' },
  release: { type: 'string', multiple: true, default: [] as string[] },
  releases: { type: 'string' },
  print: { type: 'boolean', default: false },
} as const;

/** `nginx-config`: makes the configuration of a router. */
function main(args: string[]): number {
  const { values } = parseArgs({ args, options });
  const given = Object.fromEntries(values.release.map(releaseAddress));
  const description: RouterDescription = {
    folder: routerFolder(values.folder),
    listen: address('listen', values.listen),
    coordinator: address('coordinator', values.coordinator),
    agentManagement: address('agent-management', values['agent-management']),
    shadow: address('shadow', values.shadow),
    releases: routedReleases(values.releases ?? releasesFile(), given),
  };
  if (!values.print) install(description);
  process.stdout.write(values.print ? httpConfiguration(description) : `${description.folder}\n`);
  return 0;
}

/** Installed it lies beside the folder of the programs; in a checkout this file is built into `dist/tools/router`. */
function releasesFile(): string {
  const files = [join(__dirname, '..', 'releases.json'), join(__dirname, '..', '..', '..', 'deploy', 'releases.json')];
  const found = files.find((file) => existsSync(file));
  if (found === undefined)
    throw new UsageError('there is no releases.json beside this program: name one by --releases');
  return found;
}

function install(description: RouterDescription): void {
  const { folder, releases } = description;
  for (const each of ['logs', 'temp']) mkdirSync(join(folder, each), { recursive: true });
  // First: a configuration without the release that serves would not know the way that is set.
  new WaysFolder(
    folder,
    releases.map(({ name }) => name),
  ).ensure();
  write(join(folder, 'nginx.conf'), wholeConfiguration());
  write(join(folder, 'aitbc.conf'), httpConfiguration(description));
  write(descriptionFile(folder), descriptionText(description));
}

/** Whole or not at all: nginx may be told to read it at any moment. */
function write(file: string, text: string): void {
  writeFileSync(`${file}.next`, text);
  renameSync(`${file}.next`, file);
}

function releaseAddress(text: string): [string, string] {
  const [name = '', value = ''] = text.split('=', 2);
  return [name, address(`release ${name}`, value)];
}

/**
 * It becomes part of a configuration, where a space or a semicolon would mean something, and is compared with what nginx calls
 * a server, which is never a name.
 */
function address(what: string, text: string): string {
  const [, host = '', port] = /^(.*):(\d{1,5})$/.exec(text) ?? [];
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  if (port !== undefined && isIP(bare) === (bare === host ? 4 : 6)) return text;
  throw new UsageError(`--${what}: '${text}' is not of the form 127.0.0.1:8080 or [::1]:8080`);
}

runProgram(USAGE, main);
