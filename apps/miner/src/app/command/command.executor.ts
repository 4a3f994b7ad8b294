import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BadJobRequest,
  type ExecutionOutcome,
  type Executor,
  type JobContext,
  type ServiceRequest,
} from '../executors/executor';
import { RequestSchema } from '../executors/request-schema';
import { collectOutputs, type ExpectedOutput } from './collect-outputs';
import type { CommandDefinition } from './command-definition';
import type { InputFetcher } from './fetch-input';
import { type ProgramOutput, runProgram } from './run-program';
import { fillIn, fillInArguments, type TemplateValues } from './template';

const PROBE_MS = 30_000;
const FILE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

/**
 * Runs one kind of job as the operator's program: inputs are fetched into the job's folder, the program runs there,
 * and its files come back as `{outputs: {<name>: {name, media_type, size_bytes, sha256, base64}}, stdout?}`.
 * Clients choose values of the schema only; program, options and file names are the operator's.
 */
export class CommandExecutor implements Executor {
  private readonly schema: RequestSchema<Record<string, unknown>>;

  constructor(
    private readonly definition: CommandDefinition,
    private readonly fetcher: InputFetcher,
    /** PATH of the program; it sees nothing else of the miner's environment, which holds keys. */
    private readonly searchPath: string,
  ) {
    this.schema = new RequestSchema(definition.schema);
  }

  get serviceType(): string {
    return this.definition.kind;
  }

  async run(request: ServiceRequest, { signal, workDir, log }: JobContext): Promise<ExecutionOutcome> {
    const fields = this.schema.parse(request);
    const values = this.texts(fields);
    const within = AbortSignal.any([signal, AbortSignal.timeout(this.definition.timeout_seconds * 1000)]);
    const outputs = await this.prepareOutputs(values, workDir);
    const inputs = await this.prepareInputs(fields, workDir, within);
    const paths = Object.entries(outputs).map(([name, { path }]) => [name, path] as const);
    const args = fillInArguments(this.definition.args, { ...values, ...inputs, ...Object.fromEntries(paths) });
    const { stdout, stderr } = await this.execute(args, inputs, { signal, workDir, log });
    log.debug('the program has ended', { kind: this.definition.kind, stderr });
    const files = await collectOutputs(outputs, this.definition.max_output_bytes - stdout.length);
    return {
      result: { outputs: files, ...(this.definition.stdout && { stdout: stdout.toString('utf8') }) },
      metrics: {},
    };
  }

  /** Runs the program with the arguments of its probe. */
  async probe(): Promise<readonly string[]> {
    const folder = await mkdtemp(join(tmpdir(), 'aitbc-probe-'));
    try {
      const signal = new AbortController().signal;
      await runProgram({ ...this.programOptions(this.definition.probe_args, folder), timeoutMs: PROBE_MS, signal });
      return this.definition.models;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async close(): Promise<void> {
    // Nothing is kept between jobs.
  }

  private async execute(
    args: readonly string[],
    inputs: TemplateValues,
    context: Omit<JobContext, 'emit'>,
  ): Promise<ProgramOutput> {
    const { stdin, stdout, timeout_seconds: timeout, max_output_bytes: maxBytes } = this.definition;
    const file = stdin === undefined ? undefined : inputs[stdin];
    const handle = file === undefined ? undefined : await open(file, 'r');
    try {
      return await runProgram({
        ...this.programOptions(args, context.workDir),
        ...(handle && { stdin: handle }),
        timeoutMs: timeout * 1000,
        ...(stdout && { maxStdoutBytes: maxBytes }),
        signal: context.signal,
      });
    } finally {
      await handle?.close();
    }
  }

  private programOptions(args: readonly string[], cwd: string) {
    const { command, env } = this.definition;
    return { command, args, cwd, env: { PATH: this.searchPath, HOME: cwd, TMPDIR: cwd, LANG: 'C.UTF-8', ...env } };
  }

  /** The fields of the request as argument texts; lists and objects have none. */
  private texts(fields: Readonly<Record<string, unknown>>): Record<string, string> {
    const texts: Record<string, string> = {};
    for (const [name, value] of Object.entries(fields)) {
      if (!['string', 'number', 'boolean'].includes(typeof value)) continue;
      const text = String(value);
      const mapping = this.definition.values[name];
      texts[name] = mapping && Object.hasOwn(mapping, text) ? String(mapping[text]) : text;
    }
    return texts;
  }

  private async prepareInputs(
    fields: Readonly<Record<string, unknown>>,
    workDir: string,
    signal: AbortSignal,
  ): Promise<Record<string, string>> {
    const paths: Record<string, string> = {};
    for (const [name, { url, text, max_bytes: maxBytes, extension }] of Object.entries(this.definition.inputs)) {
      const value = fields[url ?? text ?? ''];
      if (value === undefined) continue;
      if (typeof value !== 'string') throw new BadJobRequest(`/${url ?? text} must be a text`);
      const path = join(workDir, extension === undefined ? `input-${name}` : `input-${name}.${extension}`);
      if (url !== undefined) await this.fetcher.fetchTo(value, path, maxBytes, signal);
      else if (Buffer.byteLength(value) > maxBytes)
        throw new BadJobRequest(`/${text} is longer than ${maxBytes} bytes`);
      else await writeFile(path, value, { flag: 'wx' });
      paths[name] = path;
    }
    return paths;
  }

  private async prepareOutputs(values: TemplateValues, workDir: string): Promise<Record<string, ExpectedOutput>> {
    const folder = join(workDir, 'outputs');
    await mkdir(folder);
    const outputs: Record<string, ExpectedOutput> = {};
    for (const [name, { file, directory, media_type: mediaType }] of Object.entries(this.definition.outputs)) {
      const fileName = fillIn(file ?? directory ?? name, values);
      // A value such as `../../x` must not name a file outside of the job's folder.
      if (!FILE_NAME.test(fileName)) throw new BadJobRequest(`'${fileName}' cannot be the name of an output`);
      const path = join(folder, fileName);
      if (directory !== undefined) await mkdir(path);
      outputs[name] = { path, isDirectory: directory !== undefined, mediaType: fillIn(mediaType, values) };
    }
    return outputs;
  }
}
