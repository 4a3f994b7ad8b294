/** One instruction of a Dockerfile: `COPY --from=release /release /opt`. */
export interface Instruction {
  /** Upper case. */
  readonly keyword: string;
  /** Of `--name=value`. */
  readonly flags: Readonly<Record<string, string>>;
  /** All behind the flags, on one line. */
  readonly text: string;
}

/** One `FROM` and what follows it. */
export interface Stage {
  readonly base: string;
  readonly name: string;
  readonly instructions: readonly Instruction[];
}

/** What our Dockerfiles consist of; here-documents, parser directives and comments within an instruction are not known. */
const KNOWN = new Set(
  'ARG COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL RUN STOPSIGNAL USER VOLUME WORKDIR'.split(' '),
);

/** @throws Error on what is no instruction, or one that is not known here */
export function parseDockerfile(text: string): Stage[] {
  const lines = text
    .replace(/^\s*#.*\n/gm, '')
    .replace(/\\\n\s*/g, '')
    .split('\n');
  const instructions = lines.filter((line) => line.trim() !== '').map(instruction);
  const starts = instructions.flatMap(({ keyword }, index) => (keyword === 'FROM' ? [index] : []));
  if (starts[0] !== 0) throw new Error('a Dockerfile begins with FROM');
  return starts.map((start, index) => {
    const [from, ...others] = instructions.slice(start, starts[index + 1]);
    const [, base = '', name = String(index)] = /^(\S+)(?: AS (\S+))?$/.exec(from?.text ?? '') ?? [];
    return { base, name, instructions: others };
  });
}

function instruction(line: string): Instruction {
  const [, keyword = '', flags = '', text = ''] = /^([A-Z]+) +((?:--\S+ +)*)(.+)$/.exec(line.trim()) ?? [];
  if (!KNOWN.has(keyword)) throw new Error(`not known here: ${line}`);
  const named = [...flags.matchAll(/--([\w-]+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]);
  return { keyword, flags: Object.fromEntries(named) as Record<string, string>, text: text.trim() };
}

/** The words of the exec form: `["node", "main.js"]`. @throws Error where it is for a shell, which would not pass signals on */
export function execForm(text: string): string[] {
  const words = JSON.parse(text) as unknown;
  if (!Array.isArray(words)) throw new Error(`no words: ${text}`);
  return words.map(String);
}

/** `A=1 B="two words"`. */
export function assignments(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/([\w.]+)=(?:"([^"]*)"|(\S+))/g)];
  return Object.fromEntries(pairs.map(([, name = '', quoted, bare = '']) => [name, quoted ?? bare]));
}

/** With each `${NAME}` that is known put in its place. */
export function expanded(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{(\w+)\}/g, (whole, name: string) => variables[name] ?? whole);
}
