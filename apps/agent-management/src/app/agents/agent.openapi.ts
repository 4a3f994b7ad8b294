import {
  answer,
  type ErrorCode,
  type FeatureDocument,
  noContent,
  operation,
  pageAnswer,
  schema,
} from '@aitbc/shared-core';
import { AgentListQuery, AgentStatusDto, HeartbeatDto, PatchAgentDto, RegisterAgentDto } from './agent.dto';
import { agentProfileSchema, agentSchema, agentStatsSchema } from './agent.schema';

const { flag, integer, object, ref, text } = schema;

const parameters = { agent_id: 'Id of an agent.' };
const publicKey = {
  anyOf: [text('base64url of the 32 raw bytes'), { type: 'object', additionalProperties: true, description: 'a JWK' }],
};

export const agentDocument: FeatureDocument = {
  tag: {
    name: 'agents',
    description: 'Autonomous workers with keys and capabilities. An agent is visible to its owner.',
  },
  schemas: { Agent: agentSchema, AgentProfile: agentProfileSchema, AgentStats: agentStatsSchema },
  operations: [
    operation({
      ...{ method: 'post', path: '/agents/register', id: 'registerAgent', summary: 'Registers an agent' },
      description: 'Registering the same id again by its owner updates it.',
      idempotent: true,
      body: { dto: RegisterAgentDto, fields: { public_key: publicKey } },
      responses: {
        201: answer('The agent.', object({ success: flag('Always true.'), agent: ref('Agent') }), 'Location', 'ETag'),
      },
      errors: ['conflict'],
    }),
    operation({
      ...{ method: 'get', path: '/agents', id: 'listAgents', summary: "The caller's agents" },
      description: 'Admins see all.',
      query: AgentListQuery,
      responses: { 200: pageAnswer('By id.', ref('Agent')) },
    }),
    operation({
      ...{ method: 'get', path: '/agents/:agent_id', id: 'getAgent', summary: 'One agent' },
      parameters,
      responses: { 200: answer('The agent.', ref('Agent'), 'ETag') },
      errors: ['not_found'],
    }),
    operation({
      ...{
        method: 'get',
        path: '/agents/:agent_id/profile',
        id: 'getAgentProfile',
        summary: 'All that is known of it',
      },
      parameters,
      responses: { 200: answer('The agent with its last report.', ref('AgentProfile')) },
      errors: ['not_found'],
    }),
    operation({
      ...{ method: 'patch', path: '/agents/:agent_id', id: 'updateAgent', summary: 'Changes an agent' },
      description: 'Absent fields stay as they are; `null` clears `name` and `endpoint_url`.',
      parameters,
      ifMatch: true,
      body: PatchAgentDto,
      responses: { 200: answer('The agent.', ref('Agent'), 'ETag') },
      errors: ['not_found', 'conflict'],
    }),
    operation({
      ...{ method: 'delete', path: '/agents/:agent_id', id: 'deleteAgent', summary: 'Retires an agent' },
      description: 'Its history stays.',
      parameters,
      ifMatch: true,
      responses: { 204: noContent('It is retired.') },
      errors: ['not_found'],
    }),
    operation({
      ...{
        method: 'post',
        path: '/agents/:agent_id/heartbeat',
        id: 'sendAgentHeartbeat',
        summary: 'Says that it is there',
      },
      parameters,
      body: { dto: HeartbeatDto, name: 'AgentHeartbeatRequest' },
      responses: {
        200: answer(
          'Heard.',
          object({ success: flag('Always true.'), next_heartbeat_seconds: integer('When to send the next one.') }),
        ),
      },
      errors: ['not_found', 'conflict'],
    }),
    operation({
      ...{ method: 'post', path: '/agents/:agent_id/status', id: 'setAgentStatus', summary: 'Says how it is' },
      description: 'Counts as a heartbeat too.',
      parameters,
      body: AgentStatusDto,
      responses: { 200: answer('The agent.', ref('Agent'), 'ETag') },
      errors: ['not_found', 'conflict'],
    }),
    lifecycle('activate', 'activateAgent', 'Lets an agent run workflows', ['not_found', 'conflict']),
    lifecycle('suspend', 'suspendAgent', 'Keeps an agent from running workflows', ['not_found', 'conflict']),
    // From every state one can go there, and a retired agent stays retired: nothing to conflict with.
    lifecycle('retire', 'retireAgent', 'Retires an agent for good', ['not_found']),
    operation({
      ...{ method: 'get', path: '/stats', id: 'getAgentStats', summary: 'Figures of the whole platform' },
      responses: { 200: answer('The figures as of the moment that they name.', ref('AgentStats')) },
    }),
  ],
};

function lifecycle(verb: string, id: string, summary: string, errors: readonly ErrorCode[]) {
  return operation({
    ...{ method: 'post', path: `/agents/:agent_id/${verb}`, id, summary },
    parameters,
    responses: { 200: answer('The agent.', ref('Agent'), 'ETag') },
    errors,
  });
}
