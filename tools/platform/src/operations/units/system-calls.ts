import { outputOf } from './command';
import type { UnitFile } from './unit-file';

/** Architectures by Node's names, as the kernel numbers them. */
const ARCHITECTURES: Readonly<Record<string, number>> = { x64: 0xc000003e, arm64: 0xc00000b7 };
const FAMILIES: Readonly<Record<string, number>> = { AF_UNIX: 1, AF_INET: 2, AF_INET6: 10 };
const ERRORS = { EPERM: 1, ENOSYS: 38, EAFNOSUPPORT: 97 } as const;
/** CLONE_NEWNS, …NEWCGROUP, …NEWUTS, …NEWIPC, …NEWUSER, …NEWPID and …NEWNET. */
const NEW_NAMESPACES = 0x7e020000;

/** Where `struct seccomp_data` has them. */
const [NUMBER, ARCHITECTURE, FIRST_ARGUMENT] = [0, 4, 16];

/** An instruction of the filter: `struct sock_filter`. */
type Instruction = readonly [code: number, ifTrue: number, ifFalse: number, value: number];

const load = (offset: number): Instruction => [0x20, 0, 0, offset];
/** Goes on where the values are equal, else `skipped` instructions further. */
const unlessEqualSkip = (value: number, skipped: number): Instruction => [0x15, 0, skipped, value];
const ifEqualSkip = (value: number, skipped: number): Instruction => [0x15, skipped, 0, value];
const unlessAnyBitSkip = (bits: number, skipped: number): Instruction => [0x45, 0, skipped, bits];
const allow: Instruction = [0x06, 0, 0, 0x7fff0000];
const fail = (error: keyof typeof ERRORS): Instruction => [0x06, 0, 0, 0x00050000 + ERRORS[error]];
const kill: Instruction = [0x06, 0, 0, 0x80000000];

/**
 * What systemd has the kernel refuse to a unit, as a filter for `bwrap --seccomp`: system calls that `SystemCallFilter` does
 * not list, families of sockets, namespaces. A refused call fails with the error that it fails with under systemd.
 */
export async function systemCallFilter(unit: UnitFile): Promise<Buffer> {
  const numbers = await systemCallNumbers();
  const architecture = ARCHITECTURES[process.arch];
  if (architecture === undefined) throw new Error(`no system calls are known of ${process.arch}`);
  const program = [
    load(ARCHITECTURE),
    ifEqualSkip(architecture, 1),
    // Another architecture's calls have other numbers.
    kill,
    load(NUMBER),
    ...(unit.isOn('RestrictNamespaces') ? namespaceRules(numbers) : []),
    ...familyRules(unit, numbers),
    ...(await callRules(unit, numbers)),
  ];
  return Buffer.concat(program.map(encoded));
}

/** Every call that the unit may make, by name. */
async function allowedCalls(unit: UnitFile): Promise<string[]> {
  const sets = await systemCallSets();
  const expanded = (word: string): string[] =>
    word.startsWith('@') ? (sets.get(word) ?? []).flatMap(expanded) : [word];
  const allowed = new Set(expanded('@default'));
  for (const line of unit.all('SystemCallFilter')) {
    const isDenied = line.startsWith('~');
    for (const name of line.replace(/^~/, '').split(/\s+/).flatMap(expanded)) {
      if (isDenied) allowed.delete(name);
      else allowed.add(name);
    }
  }
  return [...allowed];
}

/** `@set` and what belongs to it, sets included. */
async function systemCallSets(): Promise<ReadonlyMap<string, string[]>> {
  const text = await outputOf('systemd-analyze', 'syscall-filter', '--no-pager');
  const blocks = text.split(/\n(?=@)/);
  return new Map(
    blocks.map((block) => {
      const [name = '', ...lines] = block.split('\n');
      return [name, lines.map((line) => line.trim()).filter((line) => /^[@a-z]/.test(line))];
    }),
  );
}

/** The numbers of this machine's calls, by the compiler's word. */
async function systemCallNumbers(): Promise<ReadonlyMap<string, number>> {
  const macros = await outputOf('g++', '-E', '-dM', '-x', 'c', '-include', 'asm/unistd.h', '/dev/null');
  const found = [...macros.matchAll(/^#define __NR_(\w+) (\d+)$/gm)];
  return new Map(found.map(([, name = '', number]) => [name, Number(number)]));
}

/** Does this with a call of that name; nothing on machines that have none. */
function rule(numbers: ReadonlyMap<string, number>, name: string, then: readonly Instruction[]): Instruction[] {
  const number = numbers.get(name);
  return number === undefined ? [] : [unlessEqualSkip(number, then.length), ...then];
}

/** `clone3` hides its flags behind a pointer: it is said not to exist, and `clone` is tried instead. */
function namespaceRules(numbers: ReadonlyMap<string, number>): Instruction[] {
  return [
    ...rule(numbers, 'clone3', [fail('ENOSYS')]),
    ...rule(numbers, 'unshare', [fail('EPERM')]),
    ...rule(numbers, 'setns', [fail('EPERM')]),
    ...rule(numbers, 'clone', [load(FIRST_ARGUMENT), unlessAnyBitSkip(NEW_NAMESPACES, 1), fail('EPERM'), allow]),
  ];
}

function familyRules(unit: UnitFile, numbers: ReadonlyMap<string, number>): Instruction[] {
  const families = unit.words('RestrictAddressFamilies');
  if (families.length === 0) return [];
  const allowing = families.flatMap((name) => {
    const family = FAMILIES[name];
    if (family === undefined) throw new Error(`no number is known of ${name}`);
    return [unlessEqualSkip(family, 1), allow];
  });
  return rule(numbers, 'socket', [load(FIRST_ARGUMENT), ...allowing, fail('EAFNOSUPPORT')]);
}

/** A unit that lists no calls may make all. */
async function callRules(unit: UnitFile, numbers: ReadonlyMap<string, number>): Promise<Instruction[]> {
  if (unit.all('SystemCallFilter').length === 0) return [allow];
  const calls = await allowedCalls(unit);
  return [...calls.flatMap((name) => rule(numbers, name, [allow])), fail('EPERM')];
}

function encoded([code, ifTrue, ifFalse, value]: Instruction): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt16LE(code, 0);
  bytes.writeUInt8(ifTrue, 2);
  bytes.writeUInt8(ifFalse, 3);
  bytes.writeUInt32LE(value, 4);
  return bytes;
}
