import { schema } from '@aitbc/shared-core';
import { AGENT_LIFECYCLES, AGENT_STATUSES, EXECUTION_STATUSES } from '@aitbc/shared-domain';

const { anyObject, instant, integer, list, nullable, object, oneOf, propertiesOf, text } = schema;

/** What `agentBody` answers. */
export const agentSchema = object(
  {
    id: text('The same as `agent_id`.'),
    agent_id: text(),
    owner_id: text('Subject that registered it.'),
    name: nullable(text()),
    public_key: anyObject('Ed25519 public key as a JWK.'),
    encryption_key: nullable(text('Public key by which others encrypt for it; opaque to the platform.')),
    capabilities: list(text(), 'What it can do.'),
    agent_type: text(),
    endpoint_url: nullable(text('Where it answers.', { format: 'uri' })),
    metadata: anyObject('Whatever its owner keeps with it.'),
    lifecycle: oneOf(AGENT_LIFECYCLES, 'Only an active agent may run workflows.'),
    status: oneOf(AGENT_STATUSES, 'What it said last; `offline` when it has been silent for 90 s.'),
    last_heartbeat_at: nullable(instant('Null: it was never heard.')),
    created_at: instant(),
    updated_at: instant('When its owner changed it last; heartbeats leave it.'),
  },
  { description: 'A registered autonomous worker or persona.' },
);

/** What `profileBody` answers: other features may add what they know of the agent. */
export const agentProfileSchema = object(
  {
    ...propertiesOf(agentSchema),
    last_report: nullable(anyObject('`load` and `metrics` of its last heartbeat.')),
  },
  { description: 'An agent with what is known of it.' },
);

/** What `GET /stats` answers. */
export const agentStatsSchema = object(
  {
    registered_agents: integer('All that are not retired.'),
    active_agents: integer(),
    online_agents: integer('Active or not, heard lately.'),
    agents_by_lifecycle: countsOf(AGENT_LIFECYCLES),
    total_executions: integer('Executions ever started.'),
    executions_by_status: countsOf(EXECUTION_STATUSES),
    as_of: instant('When they were counted: on a large platform some time ago.'),
  },
  { description: 'Figures of the whole platform.' },
);

function countsOf(states: readonly string[]) {
  return object(Object.fromEntries(states.map((state) => [state, integer()])));
}
