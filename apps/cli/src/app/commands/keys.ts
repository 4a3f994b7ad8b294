import type { Schemas } from '@aitbc/coordinator-client';
import type { Command } from 'commander';
import type { OpenSession } from '../session';
import { argumentChoice, type PageOf, pageOf, showPage, withPaging } from './options';

type Role = Schemas['CreateApiKeyRequest']['role'];

const ROLES: readonly Role[] = ['admin', 'client', 'miner', 'service'];

/** `aitbc keys …`, for admins. */
export function addKeyCommands(program: Command, open: OpenSession): void {
  const keys = program.command('keys').description('keys of the API, and the one that signs (for admins)');
  keys
    .command('create <subject>')
    .description('make a key for somebody; it is shown only now')
    .addArgument(argumentChoice('<role>', 'what its holder may do', ROLES))
    .option('--label <text>', 'what it is for')
    .option('--expires <time>', 'when it ends, as in 2030-01-31T00:00:00Z; default: when it is revoked')
    .action(async (subject: string, role: Role, flags: { label?: string; expires?: string }, command: Command) => {
      const session = open(command);
      const { label, expires } = flags;
      const key = await session.coordinator().createApiKey({ subject, role, label, expires_at: expires });
      session.out.note(`Key ${key.id} of ${subject}, ${role}. It is shown only now:`);
      session.out.result(key, () => key.api_key);
    });
  withPaging(keys.command('list'))
    .description('list keys, without their secrets')
    .action(async (options: PageOf, command: Command) => {
      const session = open(command);
      showPage(session.out, await session.coordinator().apiKeys(pageOf(options)), [
        { title: 'KEY', value: (key) => key.id },
        { title: 'SUBJECT', value: (key) => key.subject },
        { title: 'ROLE', value: (key) => key.role },
        { title: 'LABEL', value: (key) => key.label },
        { title: 'STATE', value: (key) => stateOf(key, Date.now()) },
        { title: 'CREATED', value: (key) => key.created_at },
      ]);
    });
  keys
    .command('revoke <key>')
    .description('end a key now')
    .action(async (id: string, _options: object, command: Command) => {
      const session = open(command);
      await session.coordinator().revokeApiKey(id);
      session.out.result({ id, revoked: true }, () => `Revoked ${id}`);
    });
  keys
    .command('rotate-signing-key')
    .description('make a new key that signs receipts; the old ones stay published, and go on verifying')
    .action(async (_options: object, command: Command) => {
      const session = open(command);
      const rotation = await session.coordinator().rotateSigningKey();
      const { kid, retired_kid: old } = rotation;
      session.out.result(rotation, () => `${kid} signs from now on, ${old} no more`);
    });
}

function stateOf({ revoked_at: revoked, expires_at: expires }: Schemas['ApiKey'], now: number): string {
  if (revoked !== null) return `revoked ${revoked}`;
  if (expires === null) return 'valid';
  return Date.parse(expires) > now ? `valid until ${expires}` : `expired ${expires}`;
}
