import { writeFileSync } from 'node:fs';
import { type ReceiptVerification, type ShownReceipt, verifyReceipt } from '@aitbc/receipts';
import type { Command } from 'commander';
import { CliError, EXIT } from '../errors';
import { readText } from '../input/document';
import { isRecord, type JsonRecord, messageOf } from '../json';
import type { Style } from '../output/style';
import { renderTable } from '../output/table';
import type { OpenSession, Session } from '../session';

/** `aitbc receipt …` */
export function addReceiptCommands(program: Command, open: OpenSession): void {
  const receipts = program.command('receipt').description('signed statements of what an execution did');
  receipts
    .command('get <execution>')
    .description('the receipt of an execution that has ended')
    .option('-o, --output <file>', 'write it to a file')
    .action(async (id: string, { output }: { output?: string }, command: Command) => {
      const session = open(command);
      deliver(session, await session.agents().receipt(id), output);
    });
  receipts
    .command('step <execution> <step>')
    .description('one step of a receipt with its proof, which shows nothing of the others')
    .option('-o, --output <file>', 'write it to a file')
    .action(async (id: string, step: string, { output }: { output?: string }, command: Command) => {
      const session = open(command);
      deliver(session, await session.agents().stepReceipt(id, step), output);
    });
  receipts
    .command('jwks')
    .description("the platform's public keys, with which receipts are verified without it")
    .option('-o, --output <file>', 'write them to a file')
    .action(async ({ output }: { output?: string }, command: Command) => {
      const session = open(command);
      deliver(session, await session.coordinator().jwks(), output);
    });
  receipts
    .command('verify <file>')
    .description(
      'verify a receipt, a step of one, or the receipt of a job (JSON, or a JWS alone; - for standard input)',
    )
    .option('--jwks <file>', 'public keys, for no call of the platform; without it they are asked for')
    .addHelpText('after', '\nExit codes: 0 valid, 1 not valid, 2 the file holds no receipt.')
    .action(async (path: string, { jwks }: { jwks?: string }, command: Command) => {
      const session = open(command);
      const receipt = readReceipt(path);
      const keys = jwks === undefined ? await session.coordinator().jwks() : readJwks(jwks);
      showVerification(session, verifyReceipt(receipt, keys));
    });
}

/** A receipt is JSON for people too. */
function deliver({ out }: Session, value: JsonRecord, file: string | undefined): void {
  const text = JSON.stringify(value, null, 2);
  if (file === undefined) return out.result(value, () => text);
  try {
    writeFileSync(file, `${text}\n`);
  } catch (error) {
    throw new CliError(`${file} cannot be written: ${messageOf(error)}`, EXIT.usage);
  }
  out.result({ file }, () => `Written to ${file}`);
}

function showVerification({ out }: Session, verification: ReceiptVerification): void {
  out.result(verification, () => checksTable(verification, out.style));
  if (!verification.valid) throw new CliError('The receipt is not valid.', EXIT.failed);
}

function checksTable({ valid, checks }: ReceiptVerification, style: Style): string {
  const table = renderTable(checks, [
    {
      title: 'RESULT',
      value: ({ ok }) => (ok ? 'ok' : 'FAILED'),
      paint: ({ ok }, text) => (ok ? style.green(text) : style.red(text)),
    },
    { title: 'CHECK', value: ({ name }) => name },
    { title: 'DETAIL', value: ({ detail }) => detail },
  ]);
  return valid ? `${table}\n${style.bold('The receipt is valid.')}` : table;
}

/** @throws CliError for a file that holds neither a receipt nor a JWS. */
function readReceipt(path: string): string | ShownReceipt {
  const text = readText(path).trim();
  if (/^[\w-]+\.[\w-]+\.[\w-]+$/.test(text)) return text;
  const value = parse(path, text);
  if (isRecord(value) && typeof value['jws'] === 'string') return { ...value, jws: value['jws'] };
  throw new CliError(`${path} holds no receipt: there is no jws in it.`, EXIT.usage);
}

function readJwks(path: string): JsonRecord {
  const value = parse(path, readText(path));
  if (isRecord(value) && Array.isArray(value['keys'])) return value;
  throw new CliError(`${path} holds no JWKS: there are no keys in it.`, EXIT.usage);
}

function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new CliError(`${path} is no JSON: ${messageOf(error)}`, EXIT.usage);
  }
}
