import { statSync, writeFileSync } from 'node:fs';
import { temporaryFolder } from '@aitbc/shared-core/testing';
import { publicKeyFrom } from './agent-key';
import { readDocument } from './document';
import { readInputs } from './inputs';
import { isFileName, readWorkflowFile } from './workflow-file';

const folder = temporaryFolder();

afterAll(() => folder.remove());

function written(name: string, content: string | Buffer): string {
  writeFileSync(folder.file(name), content);
  return folder.file(name);
}

describe('a document', () => {
  it('is the same from YAML and from JSON', () => {
    const yaml = written('a.yaml', 'name: A\ntags: [x, "1"]\nsteps:\n  one: { retries: 2 }\n');
    const json = written('a.json', '{\n\t"name": "A",\n\t"tags": ["x", "1"],\n\t"steps": {"one": {"retries": 2}}\n}');
    expect(readDocument(yaml).value).toEqual({ name: 'A', tags: ['x', '1'], steps: { one: { retries: 2 } } });
    expect(readDocument(json).value).toEqual(readDocument(yaml).value);
  });

  it('knows where its fields are, or what is nearest around a field that is not there', () => {
    const file = written('where.yaml', 'name: A\nsteps:\n  one:\n    retries: 2\n  a/b: 1\n');
    const { locate } = readDocument(file);
    expect(locate('/name')).toBe(`${file}:1:7`);
    expect(locate('/steps/one/retries')).toBe(`${file}:4:14`);
    expect(locate('/steps/a~1b')).toBe(`${file}:5:8`);
    expect(locate('/steps/one/timeout/deep')).toBe(`${file}:4:5`);
    expect(locate('/absent')).toBe(`${file}:1:1`);
    expect(locate('?limit')).toBeUndefined();
  });

  it.each([
    ['a: [1\nb: 2', ':2:1: '],
    ['{"a": 1,, "b": 2}', ':1:'],
    ['a: 1\na: 2', ':2:1: Map keys must be unique'],
    ['- 1', ' must hold one object.'],
    ['', ' must hold one object.'],
    ['a: *nowhere', 'Unresolved alias'],
  ])('that says %j is refused with its place', (text, problem) => {
    const file = written('bad.yaml', text);
    expect(() => readDocument(file)).toThrow(problem);
    expect(() => readDocument(file)).toThrow(file);
  });

  it('does not grow beyond all bounds by aliases of aliases', () => {
    const levels = Array.from({ length: 9 }, (_, at) => `l${at + 1}: &l${at + 1} [${`*l${at},`.repeat(9)}]`);
    expect(() => readDocument(written('bomb.yaml', `l0: &l0 [x]\n${levels.join('\n')}\n`))).toThrow('alias');
  });

  it('is a text in UTF-8', () => {
    const file = written('latin1.yaml', Buffer.from([0x61, 0x3a, 0x20, 0xe9]));
    expect(() => readDocument(file)).toThrow(`${file} is not a text in UTF-8.`);
  });
});

describe('inputs', () => {
  it('are none when none are given', () => expect(readInputs({})).toBeUndefined());

  it('are JSON where they can be, and text elsewhere', () => {
    const input = ['a=1', 'b=true', 'c=["x"]', 'd=007', 'e="007"', 'f=', 'g=x=y', 'h=two\nlines'];
    const read = { a: 1, b: true, c: ['x'], d: '007', e: '007', f: '', g: 'x=y', h: 'two\nlines' };
    expect(readInputs({ input })).toEqual(read);
  });

  it('come from a file, then a text, then single ones', () => {
    const inputs = written('inputs.yaml', 'text: of the file\nname: file\ncount: 1\n');
    const text = written('text.txt', 'of the text\n');
    expect(readInputs({ inputs, text, input: ['name=single'] })).toEqual({
      text: 'of the text\n',
      name: 'single',
      count: 1,
    });
  });

  it.each(['name', '=value', ''])('need a name: %j', (input) => {
    expect(() => readInputs({ input: [input] })).toThrow(`'${input}' is not name=value.`);
  });
});

describe('a workflow file', () => {
  it('gives its id apart, and leaves out what only the platform knows', () => {
    const file = written('wf.yaml', 'id: wf_1\nowner_id: me\nversion: 3\nname: A\nis_public: true\n');
    expect(readWorkflowFile(file)).toMatchObject({ id: 'wf_1', body: { name: 'A', is_public: true } });
    expect(readWorkflowFile(file).body).not.toHaveProperty('version');
    expect(readWorkflowFile(written('new.yaml', 'name: A')).id).toBeUndefined();
    expect(() => readWorkflowFile(written('number.yaml', 'name: A\nid: 7'))).toThrow(':2:5: the id must be a string.');
  });

  it('is told from an id', () => {
    expect(['wf_019e5fd0-0000', 'a.yaml', './wf', '-', 'C:\\wf'].map(isFileName)).toEqual([
      false,
      true,
      true,
      true,
      true,
    ]);
  });
});

describe('the key of an agent', () => {
  it('is made once, for its owner only', () => {
    const file = folder.file('agent.jwk');
    const made = publicKeyFrom(file);
    expect(Buffer.from(made, 'base64url')).toHaveLength(32);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(publicKeyFrom(file)).toBe(made);
  });

  it.each(['{}', '{"kty":"OKP","crv":"Ed25519","x":"AAAA"}', 'x: 1'])('is refused when the file says %s', (text) => {
    expect(() => publicKeyFrom(written('bad.jwk', text))).toThrow('holds no private key');
  });

  it('is not made where it cannot be kept', () => {
    expect(() => publicKeyFrom(folder.file('no/such/folder/key'))).toThrow('The key cannot be kept: ENOENT');
  });
});
