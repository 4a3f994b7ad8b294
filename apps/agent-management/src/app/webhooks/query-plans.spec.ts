import { describeOnEngines, planOf, planOfQuery, TABLE_SCAN } from '@aitbc/shared-core/testing';
import { deliveryPage, dueLanesStatement, reopenStatement } from './deliveries/delivery.repository';
import { claimStatement, headsStatement, OPEN_WEBHOOKS } from './dispatch/lane.store';
import { insertStatement, openLanesStatement, PLACE, subscriptionsStatement } from './fan-out/fan-out.store';
import { UNFINISHED_DELIVERIES } from './metrics/webhook-metrics';
import {
  ABANDONED,
  REMOVE_DELIVERIES,
  REMOVE_FINISHED,
  REMOVE_LANES,
  REMOVE_UNFINISHED,
} from './retention/webhook-retention.store';
import { WebhookBench } from './testing/webhook-bench';
import { webhookPage } from './webhook.repository';

/** What is no table: rows of a parameter, and those that the statement itself makes. */
const NO_TABLE = /SCAN (given|json_each|waiting|b|due|CONSTANT ROW)\b.*$/gm;

describeOnEngines('what is asked about webhooks', (engine) => {
  it('is found by indexes', async () => {
    const { db } = await WebhookBench.open(engine);
    const page = { limit: 50, afterId: 'wh_9', offset: 0, withCount: false };
    const rows = '[{"id":"x","webhook_id":"x","lane":"x","owner_id":"x","seq":1,"event_type":"x","payload":"x"}]';
    const plans = [
      await planOf(db, PLACE),
      await planOf(db, subscriptionsStatement(engine.engine), [rows]),
      await planOf(db, OPEN_WEBHOOKS),
      await planOf(db, headsStatement(engine.engine), [rows, 'x']),
      await planOf(db, UNFINISHED_DELIVERIES),
      await planOf(db, ABANDONED, [1]),
      await planOf(db, openLanesStatement(engine.engine), [rows, 1]),
      await planOf(db, dueLanesStatement(engine.engine), [rows, 1]),
      await planOf(db, insertStatement(engine.engine), [rows, 1]),
      await planOf(db, reopenStatement(engine.engine), [rows]),
      await planOf(db, claimStatement(engine.engine), ['x', 1, 5, 'token', 2]),
      await planOf(db, REMOVE_FINISHED, [1, 10]),
      await planOf(db, REMOVE_UNFINISHED, ['x', 10]),
      await planOf(db, REMOVE_DELIVERIES, ['x', 10]),
      await planOf(db, REMOVE_LANES, ['x', 10]),
    ];
    for (const owner of ['alice', undefined]) {
      plans.push(await planOfQuery(db, (manager) => webhookPage(manager, owner, page)));
    }
    for (const filter of [{}, { status: 'dead' as const }, { executionId: 'exec_1' }]) {
      plans.push(await planOfQuery(db, (manager) => deliveryPage(manager, { webhookId: 'x', ...filter }, page)));
    }
    const scans = plans.filter((plan) => TABLE_SCAN.test(plan.replace(NO_TABLE, '')));
    expect(scans).toEqual([]);
  });
});
