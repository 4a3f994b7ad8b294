import type { Schemas } from '@aitbc/agent-client';
import { pause } from '@aitbc/shared-core';
import type { Command } from 'commander';
import { CliError, EXIT } from '../errors';
import { renderFields } from '../output/table';
import type { OpenSession, Session } from '../session';
import { choice, collect, type PageOf, pageOf, showPage, wholeNumber, withPaging } from './options';

type Webhook = Schemas['Webhook'];
type WebhookDelivery = Schemas['WebhookDelivery'];
type Filter = Pick<Schemas['ReplayRequest'], 'since' | 'status'>;

const DELIVERY_STATUSES: readonly WebhookDelivery['status'][] = ['pending', 'retrying', 'succeeded', 'dead'];
const LONGEST_OVERLAP = 604_800;
const LOOK_EVERY_MS = 250;

interface DeliveryFlags extends PageOf {
  readonly status?: WebhookDelivery['status'];
  readonly execution?: string;
}

interface WebhookFlags {
  readonly url?: string;
  readonly event?: string[];
  readonly workflow?: string;
  readonly description?: string;
}

/** `aitbc webhooks …` */
export function addWebhookCommands(program: Command, open: OpenSession): void {
  const webhooks = program.command('webhooks').description('URLs that are told of the events of your executions');
  addList(webhooks, open);
  addCreate(webhooks, open);
  addChanges(webhooks, open);
  addSecret(webhooks, open);
  addTest(webhooks, open);
  addDeliveries(webhooks, open);
  addReplay(webhooks, open);
}

function addList(webhooks: Command, open: OpenSession): void {
  withPaging(webhooks.command('list'))
    .description('list your webhooks')
    .action(async (options: PageOf, command: Command) => {
      const session = open(command);
      const { style } = session.out;
      showPage(session.out, await session.webhooks().list(pageOf(options)), [
        { title: 'WEBHOOK', value: (row) => row.id },
        { title: 'STATE', value: stateOf, paint: (row, text) => style.status(stateOf(row), text) },
        { title: 'EVENTS', value: (row) => row.event_types.join(' ') },
        { title: 'FAILING SINCE', value: (row) => row.failing_since },
        { title: 'URL', value: (row) => row.url },
      ]);
    });
  webhooks
    .command('show <webhook>')
    .description('show one webhook')
    .action(async (id: string, _options: object, command: Command) => {
      const session = open(command);
      showWebhook(session, await session.webhooks().get(id));
    });
}

function withFields(command: Command): Command {
  return command
    .option('--event <type>', 'a type, execution.*, step.* or * (repeatable; default: *)', collect)
    .option('--workflow <workflow>', 'only events of executions of this workflow')
    .option('--description <text>', 'what it is for');
}

function addCreate(webhooks: Command, open: OpenSession): void {
  withFields(webhooks.command('create <url>'))
    .description('make a webhook; its secret is shown only now')
    .action(async (url: string, flags: WebhookFlags, command: Command) => {
      const session = open(command);
      showSecret(session, await session.webhooks().create({ url, ...bodyOf(flags) }));
    });
}

function addChanges(webhooks: Command, open: OpenSession): void {
  withFields(webhooks.command('update <webhook>'))
    .description('change it; what is not named stays as it is')
    .option('--url <url>', 'where events are sent to')
    .action(async (id: string, flags: WebhookFlags, command: Command) => {
      const session = open(command);
      showWebhook(session, await session.webhooks().update(id, { url: flags.url, ...bodyOf(flags) }));
    });
  for (const [name, active, description] of [
    ['enable', true, 'turn it on; what has not been sent is sent'],
    ['disable', false, 'turn it off; events that happen meanwhile are not sent'],
  ] as const) {
    webhooks
      .command(`${name} <webhook>`)
      .description(description)
      .action(async (id: string, _options: object, command: Command) => {
        const session = open(command);
        showWebhook(session, await session.webhooks().update(id, { active }));
      });
  }
  webhooks
    .command('delete <webhook>')
    .description('remove it with its deliveries')
    .action(async (id: string, _options: object, command: Command) => {
      const session = open(command);
      await session.webhooks().delete(id);
      session.out.result({ id, deleted: true }, () => `Deleted ${id}`);
    });
}

function addSecret(webhooks: Command, open: OpenSession): void {
  webhooks
    .command('rotate-secret <webhook>')
    .description('give it a new secret, which is shown only now')
    .option('--overlap <seconds>', 'how long the old one signs too; default: a day', wholeNumber(0, LONGEST_OVERLAP))
    .action(async (id: string, { overlap }: { overlap?: number }, command: Command) => {
      const session = open(command);
      showSecret(session, await session.webhooks().rotateSecret(id, { overlap_seconds: overlap }));
    });
}

function addTest(webhooks: Command, open: OpenSession): void {
  webhooks
    .command('test <webhook>')
    .description('send a test event, and tell what came of it')
    .action(async (id: string, _options: object, command: Command) => {
      const session = open(command);
      const { out } = session;
      const delivery = await endOf(session, await session.webhooks().test(id));
      if (delivery.status === 'succeeded') {
        return out.result(delivery, () => `It arrived: ${delivery.last_status_code}.`);
      }
      if (out.json) out.result(delivery, () => '');
      throw new CliError(`It did not arrive: ${delivery.last_error ?? 'nobody knows why'}.`, EXIT.failed);
    });
}

/** A test has one attempt, so that its end is near. */
async function endOf(session: Session, delivery: WebhookDelivery): Promise<WebhookDelivery> {
  let last = delivery;
  while (last.completed_at === null) {
    await pause(LOOK_EVERY_MS, session.signal);
    last = await session.webhooks().delivery(delivery.webhook_id, delivery.id);
  }
  return last;
}

function addDeliveries(webhooks: Command, open: OpenSession): void {
  withPaging(webhooks.command('deliveries <webhook>'))
    .description('list what was sent, and what is to be sent')
    .addOption(choice('--status <status>', 'only those', DELIVERY_STATUSES))
    .option('--execution <execution>', 'only those of this execution')
    .action(async (id: string, options: DeliveryFlags, command: Command) => {
      const session = open(command);
      const { style } = session.out;
      const query = { ...pageOf(options), status: options.status, execution_id: options.execution };
      showPage(session.out, await session.webhooks().deliveries(id, query), [
        { title: 'DELIVERY', value: (row) => row.id },
        { title: 'STATUS', value: (row) => row.status, paint: (row, text) => style.status(row.status, text) },
        { title: 'EVENT', value: (row) => row.event_type },
        { title: 'EXECUTION', value: (row) => row.execution_id },
        { title: 'ATTEMPTS', value: (row) => row.attempts },
        { title: 'NEXT', value: (row) => row.next_attempt_at },
        { title: 'ERROR', value: (row) => row.last_error },
      ]);
    });
}

function addReplay(webhooks: Command, open: OpenSession): void {
  webhooks
    .command('replay <webhook> [delivery]')
    .description('send a delivery again, or all dead ones')
    .option('--since <time>', 'all that were made at this time (RFC 3339) or later, those that had arrived too')
    .addOption(choice('--status <status>', 'only those', ['dead', 'succeeded']))
    .action(async (id: string, delivery: string | undefined, filter: Filter, command: Command) => {
      const session = open(command);
      const { out } = session;
      if (delivery !== undefined) {
        return out.result(await session.webhooks().replayDelivery(id, delivery), () => 'It is sent again.');
      }
      const replayed = await replayAll(session, id, filter);
      out.result({ replayed }, () => `${replayed} are sent again.`);
    });
}

async function replayAll(session: Session, id: string, { since, status }: Filter): Promise<number> {
  let replayed = 0;
  let after: string | null | undefined;
  do {
    const answer = await session.webhooks().replay(id, { since, status, after });
    replayed += answer.replayed;
    after = answer.next_after;
  } while (after !== null);
  return replayed;
}

function bodyOf({ event, workflow, description }: WebhookFlags) {
  return { event_types: event, workflow_id: workflow, description };
}

function stateOf({ active, disabled_reason: reason }: Webhook): string {
  return active ? 'active' : (reason ?? 'off');
}

function showSecret(session: Session, webhook: Schemas['WebhookWithSecret']): void {
  session.out.note(`The secret of ${webhook.id}. It is shown only now:`);
  session.out.result(webhook, () => webhook.secret);
}

function showWebhook({ out }: Session, webhook: Webhook): void {
  out.result(webhook, () =>
    renderFields({
      webhook: webhook.id,
      state: stateOf(webhook),
      url: webhook.url,
      events: webhook.event_types.join(' '),
      workflow: webhook.workflow_id,
      description: webhook.description,
      'failing since': webhook.failing_since,
      'old secret until': webhook.previous_secret_until,
      created: webhook.created_at,
    }),
  );
}
