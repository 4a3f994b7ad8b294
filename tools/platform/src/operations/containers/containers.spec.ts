import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../units/deployed-files';
import { UnitFile } from '../units/unit-file';
import {
  composeFile,
  composeVariables,
  DOCKER,
  exampleVariables,
  IMAGES,
  type ImageName,
  service,
} from './compose-file';
import { assignments, execForm, expanded, type Instruction, parseDockerfile } from './dockerfile';

const compose = composeFile({ AITBC_VERSION: '1.2.3' });
const ours = [...IMAGES, 'backup'];

function stages(name: ImageName) {
  return parseDockerfile(readFileSync(join(DOCKER, `${name}.Dockerfile`), 'utf8'));
}

/** Of the last stage: what the image is. */
function instructions(name: ImageName, keyword: string): readonly Instruction[] {
  return (stages(name).at(-1)?.instructions ?? []).filter((each) => each.keyword === keyword);
}

function only(name: ImageName, keyword: string): string {
  const [found, ...others] = instructions(name, keyword);
  if (!found || others.length > 0) throw new Error(`${name}: not one ${keyword}`);
  return found.text;
}

/** Variables that docs/configuration.md, which is made from the code, has of an app. */
function documented(app: string): string[] {
  const page = readFileSync(join(ROOT, 'docs/configuration.md'), 'utf8');
  const [, section = ''] = page.split(`## ${app}\n`);
  return [...(section.split(/^## /m)[0] ?? '').matchAll(/^\| `(\w+)` \|/gm)].map(([, variable = '']) => variable);
}

/** Whether `.dockerignore` lets a file of the context through: the last pattern that matches it, or a folder above, counts. */
function isSent(name: ImageName, path: string): boolean {
  const lines = readFileSync(join(DOCKER, `${name}.Dockerfile.dockerignore`), 'utf8').split('\n');
  const [top = ''] = path.split('/');
  const verdicts = lines.flatMap((line) => {
    if (line === '' || line.startsWith('#')) return [];
    const pattern = line.replace(/^!/, '').replaceAll('.', '\\.').replaceAll('*', '.*');
    return new RegExp(`^${pattern}$`).test(top) ? [line.startsWith('!')] : [];
  });
  return verdicts.at(-1) ?? true;
}

describe.each(IMAGES)('the Dockerfile of %s', (name) => {
  const program = `/opt/aitbc/current/${name}`;

  it('copies the folder of a release, of which alone the build gets to know', () => {
    const copied = stages(name).flatMap(({ instructions }) => instructions.filter(({ keyword }) => keyword === 'COPY'));
    const fromContext = copied.filter(({ flags }) => flags['from'] === undefined);
    expect(fromContext.map(({ text }) => expanded(text, { VERSION: '1.2.3' }))).toEqual([`${name}-1.2.3 .`]);
    const sent = [`${name}-1.2.3/node_modules/a/deps/b.tar.gz`, `${name}-1.2.3/main.js`];
    expect(sent.filter((path) => isSent(name, path))).toEqual(sent);
    const others = ['deploy-1.2.3/lib/run', `${name}-1.2.3.tar.gz`, `${name}-1.2.3.draft`];
    expect(others.filter((path) => isSent(name, path))).toEqual([]);
  });

  it('has one base, whose version is named', () => {
    expect(new Set(stages(name).map(({ base }) => base))).toEqual(new Set(['debian:12-slim']));
  });

  it('runs the Node of the release as a user who is not root and owns the volume', () => {
    expect(execForm(only(name, 'ENTRYPOINT'))).toEqual([`${program}/bin/node`, `${program}/main.js`]);
    const [uid = '', gid = ''] = only(name, 'USER').split(':');
    expect(Number(uid)).toBeGreaterThan(1000);
    const made = only(name, 'RUN').split(' ');
    expect(made).toEqual(expect.arrayContaining([`--owner=${uid}`, `--group=${gid}`, only(name, 'VOLUME')]));
    expect(only(name, 'WORKDIR')).toBe(only(name, 'VOLUME'));
  });

  it('sets variables that the program has', () => {
    const set = Object.keys(assignments(only(name, 'ENV'))).filter((variable) => variable !== 'NODE_ENV');
    expect(set.filter((variable) => !documented(name).includes(variable))).toEqual([]);
  });
});

describe.each(['coordinator-api', 'agent-management'] as const)('the image of %s', (name) => {
  it('listens for others at the port that Compose publishes on this machine alone', () => {
    const env = assignments(only(name, 'ENV'));
    expect(env).toMatchObject({ HOST: '0.0.0.0', PORT: only(name, 'EXPOSE') });
    expect(service(compose, name).ports).toEqual([`127.0.0.1:${env['PORT']}:${env['PORT']}`]);
  });

  it('asks for its readiness without a shell', () => {
    const [node = '', ...args] = execForm(only(name, 'HEALTHCHECK').replace(/^CMD /, ''));
    expect(node).toBe(execForm(only(name, 'ENTRYPOINT'))[0]);
    expect(args.join(' ')).toContain('/ready');
  });
});

describe('compose.yaml', () => {
  it('asks for what example.env explains, and for nothing else', () => {
    // COMPOSE_… are Compose's own.
    expect(composeVariables()).toEqual(exampleVariables().filter((name) => !name.startsWith('COMPOSE_')));
  });

  it('has the database whose address example.env gives', () => {
    const { environment } = service(composeFile({ AITBC_VERSION: '1.2.3', POSTGRES_PASSWORD: 'secret' }), 'postgres');
    const example = readFileSync(join(DOCKER, 'example.env'), 'utf8');
    const [, address = ''] = /^#DATABASE_URL=(.+)$/m.exec(example) ?? [];
    const { username, password, host, pathname } = new URL(expanded(address, { POSTGRES_PASSWORD: 'secret' }));
    expect(environment).toEqual({
      POSTGRES_USER: username,
      POSTGRES_DB: pathname.slice(1),
      POSTGRES_PASSWORD: password,
    });
    expect(host).toBe('postgres:5432');
  });

  it('does not go on without a version', () => {
    expect(() => composeFile({})).toThrow('AITBC_VERSION is missing');
  });

  it.each(IMAGES)('sets variables that %s has', (name) => {
    const set = Object.keys(service(compose, name).environment ?? {});
    expect(set.length).toBeGreaterThan(2);
    expect(set.filter((variable) => !documented(name).includes(variable))).toEqual([]);
  });

  it.each(IMAGES)('builds %s from its Dockerfile, under the version of its release', (name) => {
    const { image, build } = service(compose, name);
    expect(image).toBe(`aitbc/${name}:1.2.3`);
    expect(build?.args).toEqual({ VERSION: '1.2.3' });
    const context = join(DOCKER, build?.context ?? '');
    expect(context).toBe(join(ROOT, 'dist/releases'));
    expect(join(context, build?.dockerfile ?? '')).toBe(join(DOCKER, `${name}.Dockerfile`));
  });

  it.each(ours)('lets %s change its volumes and /tmp, and nothing else', (name) => {
    expect(service(compose, name)).toMatchObject({
      read_only: true,
      init: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      tmpfs: [expect.stringMatching(/^\/tmp:/)],
    });
  });

  it.each(IMAGES)('gives %s the time for a stop that its unit gives it', (name) => {
    const unit = UnitFile.of(`aitbc-${name}.service`);
    expect(service(compose, name).stop_grace_period).toBe(`${unit.required('TimeoutStopSec')}s`);
    expect(service(compose, name).pids_limit).toBe(Number(unit.required('TasksMax')));
  });

  it('mounts volumes where the images keep their state, the same one in both services', () => {
    for (const name of IMAGES) {
      const targets = (service(compose, name).volumes ?? []).map((volume) => volume.split(':')[1]);
      expect(targets).toEqual([only(name, 'VOLUME')]);
    }
    expect(service(compose, 'coordinator-api').volumes).toEqual(service(compose, 'agent-management').volumes);
  });

  it('has each volume and network that a service names', () => {
    const all = Object.values(compose.services);
    const named = all.flatMap(({ volumes = [] }) => volumes.map((volume) => volume.split(':')[0] ?? ''));
    const volumes = named.filter((source) => !source.startsWith('.'));
    expect(new Set(volumes)).toEqual(new Set(Object.keys(compose.volumes)));
    const networks = all.flatMap((each) => each.networks ?? []);
    expect(new Set(networks)).toEqual(new Set(Object.keys(compose.networks)));
  });

  it('keeps the miner away from the database and from agent-management', () => {
    const seen = service(compose, 'miner').networks ?? [];
    const meeting = (name: string) => service(compose, name).networks?.filter((network) => seen.includes(network));
    expect(meeting('coordinator-api')).toHaveLength(1);
    expect([meeting('postgres'), meeting('agent-management')]).toEqual([[], []]);
    expect(compose.networks['data']?.internal).toBe(true);
  });

  it('keeps no log for ever', () => {
    const drivers = Object.values(compose.services).map(({ logging }) => logging?.driver);
    expect(drivers).toEqual(drivers.map(() => 'local'));
  });

  it('leaves to profiles what needs to be set up first', () => {
    const always = Object.keys(compose.services).filter((name) => !service(compose, name).profiles);
    expect(always).toEqual(['coordinator-api', 'agent-management']);
  });
});

describe('the reader of Dockerfiles', () => {
  it('refuses what it would misunderstand', () => {
    expect(() => parseDockerfile('FROM a\nADD b c\n')).toThrow('not known here: ADD b c');
    expect(() => parseDockerfile('ARG A\nFROM a\n')).toThrow('a Dockerfile begins with FROM');
    expect(() => execForm('node main.js')).toThrow();
  });

  it('joins lines, and leaves comments out', () => {
    const [stage] = parseDockerfile('# a\nFROM a AS b\n# c\nENV A=1 \\\n  B="2 3"\nCOPY --from=x /y /z\n');
    expect(stage).toMatchObject({ base: 'a', name: 'b' });
    expect(assignments(stage?.instructions[0]?.text ?? '')).toEqual({ A: '1', B: '2 3' });
    expect(stage?.instructions[1]).toEqual({ keyword: 'COPY', flags: { from: 'x' }, text: '/y /z' });
  });
});
