import type { Schemas } from '@aitbc/agent-client';
import type { Command } from 'commander';
import { CliError, EXIT } from '../errors';
import { publicKeyFrom } from '../input/agent-key';
import { readDocument } from '../input/document';
import { renderFields } from '../output/table';
import type { OpenSession, Session } from '../session';
import { choice, collect, type PageOf, pageOf, showPage, withPaging } from './options';

interface RegisterFlags {
  readonly id?: string;
  readonly name?: string;
  readonly publicKey?: string;
  readonly keyFile?: string;
  readonly capability?: string[];
  readonly type?: string;
  readonly endpoint?: string;
  readonly metadata?: string;
  readonly activate?: boolean;
}

type Agent = Schemas['Agent'];

interface ListFlags extends PageOf {
  readonly status?: Agent['status'];
  readonly capability?: string;
  readonly lifecycle?: Agent['lifecycle'];
  readonly online?: boolean;
}

const STATUSES: readonly Agent['status'][] = ['available', 'busy', 'offline', 'maintenance'];
const LIFECYCLES: readonly Agent['lifecycle'][] = ['registered', 'active', 'suspended', 'retired'];

/** `aitbc agents …` */
export function addAgentCommands(program: Command, open: OpenSession): void {
  const agents = program.command('agents').description('who workflows run for');
  addList(agents, open);
  addRegister(agents, open);
  agents
    .command('show <agent>')
    .description('show one agent')
    .action(async (id: string, _options: object, command: Command) => {
      const session = open(command);
      showAgent(session, await session.agents().agent(id));
    });
  for (const [name, description] of [
    ['activate', 'let it run workflows'],
    ['retire', 'end its life; its history stays'],
  ] as const) {
    agents
      .command(`${name} <agent>`)
      .description(description)
      .action(async (id: string, _options: object, command: Command) => {
        const session = open(command);
        showAgent(session, await session.agents().changeAgent(id, name));
      });
  }
}

function addList(agents: Command, open: OpenSession): void {
  withPaging(agents.command('list'))
    .description('list your agents')
    .addOption(choice('--status <status>', 'only those', STATUSES))
    .addOption(choice('--lifecycle <state>', 'only those', LIFECYCLES))
    .option('--capability <name>', 'only those that have it')
    .option('--online', 'only those that were heard of lately')
    .action(async (options: ListFlags, command: Command) => {
      const { status, lifecycle, capability, online } = options;
      const session = open(command);
      const { style } = session.out;
      const query = { ...pageOf(options), status, lifecycle, capability, online_only: online };
      showPage(session.out, await session.agents().agents(query), [
        { title: 'AGENT', value: (agent) => agent.agent_id },
        { title: 'NAME', value: (agent) => agent.name },
        {
          title: 'LIFECYCLE',
          value: (agent) => agent.lifecycle,
          paint: (agent, t) => style.status(agent.lifecycle, t),
        },
        { title: 'STATUS', value: (agent) => agent.status, paint: (agent, text) => style.status(agent.status, text) },
        { title: 'CAPABILITIES', value: (agent) => agent.capabilities.join(', ') },
      ]);
    });
}

function addRegister(agents: Command, open: OpenSession): void {
  agents
    .command('register')
    .description('register an agent, which is known by its public key')
    .option('--public-key <key>', 'Ed25519 public key, base64url of its 32 bytes')
    .option('--key-file <file>', 'file with its private key as a JWK; made when there is none')
    .option('--id <id>', 'its id; made when absent')
    .option('--name <name>', 'what people call it')
    .option('--capability <name>', 'what it can do (repeatable)', collect)
    .option('--type <type>', 'its kind; default: agent')
    .option('--endpoint <url>', 'where it answers')
    .option('--metadata <file>', 'anything to keep with it, from a JSON or YAML file')
    .option('--activate', 'activate it at once')
    .action(async (flags: RegisterFlags, command: Command) => {
      const session = open(command);
      const api = session.agents();
      const { agent } = await api.registerAgent(registrationOf(flags));
      showAgent(session, flags.activate === true ? await api.changeAgent(agent.agent_id, 'activate') : agent);
    });
}

function registrationOf(flags: RegisterFlags): Schemas['RegisterAgentRequest'] {
  return {
    agent_id: flags.id,
    name: flags.name,
    public_key: publicKeyOf(flags),
    capabilities: flags.capability ?? [],
    agent_type: flags.type,
    endpoint_url: flags.endpoint,
    ...(flags.metadata !== undefined && { metadata: readDocument(flags.metadata).value }),
  };
}

function publicKeyOf({ publicKey, keyFile }: RegisterFlags): string {
  if (publicKey !== undefined && keyFile === undefined) return publicKey;
  if (publicKey === undefined && keyFile !== undefined) return publicKeyFrom(keyFile);
  throw new CliError('Give either --public-key or --key-file.', EXIT.usage);
}

function showAgent({ out }: Session, agent: Agent): void {
  out.result(agent, () =>
    renderFields({
      agent: agent.agent_id,
      name: agent.name,
      type: agent.agent_type,
      lifecycle: agent.lifecycle,
      status: agent.status,
      capabilities: agent.capabilities.join(', '),
      endpoint: agent.endpoint_url,
      'last heartbeat': agent.last_heartbeat_at,
      created: agent.created_at,
    }),
  );
}
