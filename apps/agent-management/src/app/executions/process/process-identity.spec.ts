import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { identityOf, isSurelyDead, ownIdentity, type ProcessIdentity, workerIdOf } from './process-identity';

const own: ProcessIdentity = { host: 'one', pid: 7, startedAt: '100', boot: 'abcd', namespace: '4026' };
const there = (startedAt: string) => () => ({ startedAt });
const nobody = () => undefined;

describe('the owner of a lease', () => {
  it.each<[string, Partial<ProcessIdentity>, ReturnType<typeof there> | typeof nobody, boolean]>([
    ['is alive when it is this very process', {}, there('100'), false],
    ['is alive when its number and its start are those of a process', { pid: 8, startedAt: '90' }, there('90'), false],
    ['is dead when nobody has its number', { pid: 8 }, nobody, true],
    ['is dead when its number stands for a younger process', { pid: 8, startedAt: '90' }, there('95'), true],
    ['is dead when the machine was started anew', { boot: 'ef01', namespace: '5' }, there('100'), true],
    ['may live in another namespace, whoever has its number here', { namespace: '5' }, nobody, false],
    ['may live in a namespace that is not known', { namespace: '' }, nobody, false],
    ['may live on another machine', { host: 'two' }, nobody, false],
    ['may live when it is not known when it began', { pid: 8, startedAt: '' }, there('90'), false],
    ['may live when its start cannot be read', { pid: 8 }, there(''), false],
  ])('%s', (_name, changes, find, dead) => {
    expect(isSurelyDead({ ...own, ...changes }, own, find)).toBe(dead);
  });

  it('is judged by its number alone where the system tells no more', () => {
    const bare = { ...own, startedAt: '', boot: '', namespace: '' };
    expect(isSurelyDead({ ...bare, pid: 8 }, bare, nobody)).toBe(true);
    expect(isSurelyDead({ ...bare, pid: 8 }, bare, there(''))).toBe(false);
  });

  it('may live when this process does not know its own namespace', () => {
    const blind = { ...own, namespace: '' };
    expect(isSurelyDead({ ...blind, pid: 8 }, blind, nobody)).toBe(false);
  });

  it('is read back from the name of its worker, which is another for each worker', () => {
    const identity = ownIdentity();
    const name = workerIdOf(identity);
    expect(name.length).toBeLessThanOrEqual(100);
    expect(identityOf(name)).toEqual(identity);
    expect(workerIdOf(identity)).not.toBe(name);
  });

  it.each(['', 'worker', 'host:7:abc', 'host:0:1:b:2:r', 'host:-1:1:b:2:r', 'host:7:1:b:2:r:more', 'a b:7:1:b:2:r'])(
    'is nobody whom we know when the name is another one: %p',
    (name) => expect(identityOf(name)).toBeUndefined(),
  );

  it('is a real process: alive while it runs, dead when it was killed', async () => {
    const identity = ownIdentity();
    expect(isSurelyDead(identity, identity)).toBe(false);
    const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000); console.log(1)']);
    await once(child.stdout, 'data');
    const other = { ...identity, pid: child.pid ?? 0, startedAt: '' };
    expect(isSurelyDead(other, identity)).toBe(false);
    const ended = once(child, 'close');
    child.kill('SIGKILL');
    await ended;
    expect(isSurelyDead(other, identity)).toBe(true);
  });

  const onLinux = process.platform === 'linux' ? it : it.skip;
  onLinux('is told apart from an earlier process with the same number by its start', () => {
    const identity = ownIdentity();
    expect(identity.startedAt).toMatch(/^\d+$/);
    expect(identity.boot).toHaveLength(8);
    expect(isSurelyDead({ ...identity, startedAt: '1' }, identity)).toBe(true);
  });
});
