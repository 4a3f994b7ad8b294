import { schema } from '@aitbc/shared-core';

const { anyObject, coins, flag, instant, integer, list, nullable, object, text } = schema;

const capabilities = object({
  services: nullable(list(text(), 'Kinds of jobs that it takes; null: every kind.')),
  models: list(text()),
  gpus: list(object({ name: text(), memory_mb: integer('MiB.') })),
  cuda: nullable(text('`major.minor`.')),
  price: coins('Coins for one job.'),
});

/** What `minerView` answers. */
export const minerSchema = object(
  {
    id: text('The same as `miner_id`.'),
    miner_id: text(),
    owner_id: text('Subject of its operator.'),
    capabilities,
    concurrency: integer('How many jobs it runs at once.'),
    region: nullable(text()),
    public_key: anyObject('Ed25519 public key that verifies its results, as a JWK.'),
    status: text('What it says of itself; `offline` when it has been silent for too long.'),
    online: flag('Whether it was heard lately.'),
    inflight: integer('Jobs that it said it was running.'),
    metadata: nullable(anyObject('What it last sent about itself.')),
    last_heartbeat_at: instant(),
    created_at: instant('When it registered.'),
    updated_at: instant(),
  },
  { description: 'A machine that does jobs.' },
);

/** What `POST /miners/poll` answers when there is a job. */
export const assignedJobSchema = object(
  {
    job_id: text(),
    payload: object({ service_type: text(), service_request: anyObject('What the kind describes.') }),
    constraints: anyObject(),
    lease_expires_at: instant('When the job goes to another miner, unless a heartbeat renews the lease.'),
    attempt: integer('Which attempt this is, from 1; it is part of what the miner signs.'),
    traceparent: text('W3C trace context of the job, if it is part of a trace.'),
  },
  { optional: ['traceparent'], description: 'A job that the miner holds now.' },
);

const sums = { count: integer('Receipts.'), total: coins() };

/** What `earningsView` answers. */
export const earningsSchema = object(
  {
    miner_id: text(),
    from: nullable(instant('As it was asked for.')),
    to: nullable(instant('As it was asked for.')),
    ...sums,
    by_service_type: list(object({ service_type: text(), ...sums })),
    by_day: list(object({ day: text('UTC, as `2026-01-31`.'), ...sums }), 'Days with receipts, in order.'),
  },
  { description: 'What a miner has earned.' },
);
