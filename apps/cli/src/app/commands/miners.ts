import type { Schemas } from '@aitbc/coordinator-client';
import type { Command } from 'commander';
import { renderFields } from '../output/table';
import type { OpenSession } from '../session';
import { type PageOf, pageOf, showPage, withPaging } from './options';

/** `aitbc miners …`, for operators of miners and admins. */
export function addMinerCommands(program: Command, open: OpenSession): void {
  const miners = program.command('miners').description('the workers that do jobs (for their operators, and admins)');
  withPaging(miners.command('list'))
    .description('list miners: all for an admin, else your own')
    .action(async (options: PageOf, command: Command) => {
      const session = open(command);
      const { style } = session.out;
      showPage(session.out, await session.coordinator().miners(pageOf(options)), [
        { title: 'MINER', value: (miner) => miner.miner_id },
        { title: 'STATUS', value: (miner) => miner.status, paint: (miner, text) => style.status(miner.status, text) },
        { title: 'JOBS', value: (miner) => `${miner.inflight}/${miner.concurrency}` },
        { title: 'SERVICES', value: (miner) => servicesOf(miner) },
        { title: 'PRICE', value: (miner) => miner.capabilities.price },
        { title: 'REGION', value: (miner) => miner.region },
      ]);
    });
  miners
    .command('show <miner>')
    .description('show one miner')
    .action(async (id: string, _options: object, command: Command) => {
      const session = open(command);
      const miner = await session.coordinator().miner(id);
      session.out.result(miner, () =>
        renderFields({
          miner: miner.miner_id,
          status: miner.status,
          jobs: `${miner.inflight} of ${miner.concurrency}`,
          services: servicesOf(miner),
          gpus: miner.capabilities.gpus.map(({ name }) => name).join(', '),
          price: miner.capabilities.price,
          region: miner.region,
          'last heartbeat': miner.last_heartbeat_at,
        }),
      );
    });
}

/** Null is every kind, also those that are to come. */
function servicesOf({ capabilities }: Schemas['Miner']): string {
  return capabilities.services?.join(', ') ?? 'all';
}
