import {
  bodyOf,
  Figures,
  idempotent,
  type IdempotencyRecords,
  ifMatch,
  keepAnswer,
  pageRequestOf,
  principalOf,
  queryOf,
  sendAnswer,
  sendPage,
  validateBody,
  validateQuery,
} from '@aitbc/shared-core';
import { type Agent, type AgentLifecycle, HEARTBEAT_INTERVAL_SECONDS } from '@aitbc/shared-domain';
import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { AgentProfilePart, StatsPart } from './agent-parts.port';
import { AgentListQuery, AgentStatusDto, HeartbeatDto, PatchAgentDto, RegisterAgentDto } from './agent.dto';
import type { AgentService } from './agent.service';
import { agentBody, agentEtag, profileBody } from './agent.view';

export interface AgentRouterDeps {
  readonly service: AgentService;
  readonly records: IdempotencyRecords;
  readonly profileParts?: readonly AgentProfilePart[];
  readonly statsParts?: readonly StatsPart[];
}

type AgentParams = { agent_id: string };

/** `/agents` and `/stats` of the agent context. Stands after `authenticate`. */
export function createAgentRouter({ service, records, profileParts = [], statsParts = [] }: AgentRouterDeps): Router {
  const router = Router();
  addCollection(router, service, records);
  addAgent(router, service);
  addReports(router, service);
  router.post('/agents/:agent_id/activate', changeLifecycle(service, 'active'));
  router.post('/agents/:agent_id/suspend', changeLifecycle(service, 'suspended'));
  router.post('/agents/:agent_id/retire', changeLifecycle(service, 'retired'));
  router.get('/agents/:agent_id/profile', profile(service, profileParts));
  router.get('/stats', stats(service, statsParts));
  return router;
}

function addCollection(router: Router, service: AgentService, records: IdempotencyRecords): void {
  router.post('/agents/register', idempotent(records), validateBody(RegisterAgentDto), async (req, res) => {
    const answer = (agent: Agent) => ({
      status: 201,
      location: `${req.baseUrl}/agents/${agent.id}`,
      etag: agentEtag(agent),
      body: { success: true, agent: agentBody(agent, service.now()) },
    });
    const request = bodyOf(req, RegisterAgentDto);
    sendAnswer(res, answer(await service.register(principalOf(req), request, keepAnswer(req, answer))));
  });
  router.get('/agents', validateQuery(AgentListQuery), async (req, res) => {
    const query = queryOf(req, AgentListQuery);
    const { status, capability, online_only: onlineOnly, lifecycle } = query;
    const filter = { status, capability, onlineOnly, lifecycle };
    const now = service.now();
    sendPage(res, await service.list(principalOf(req), filter, pageRequestOf(query)), (agent) => agentBody(agent, now));
  });
}

function addAgent(router: Router, service: AgentService): void {
  router.get('/agents/:agent_id', async (req, res) => {
    sendAgent(res, await service.get(principalOf(req), req.params.agent_id), service.now());
  });
  router.patch('/agents/:agent_id', validateBody(PatchAgentDto), async (req: Request<AgentParams>, res) => {
    const { agent_id } = req.params;
    const expected = ifMatch(req, agentEtag);
    sendAgent(
      res,
      await service.patch(principalOf(req), agent_id, bodyOf(req, PatchAgentDto), expected),
      service.now(),
    );
  });
  router.delete('/agents/:agent_id', async (req, res) => {
    await service.changeLifecycle(principalOf(req), req.params.agent_id, 'retired', ifMatch(req, agentEtag));
    res.status(204).end();
  });
}

function addReports(router: Router, service: AgentService): void {
  router.post('/agents/:agent_id/heartbeat', validateBody(HeartbeatDto), async (req: Request<AgentParams>, res) => {
    await service.heartbeat(principalOf(req), req.params.agent_id, bodyOf(req, HeartbeatDto));
    res.json({ success: true, next_heartbeat_seconds: HEARTBEAT_INTERVAL_SECONDS });
  });
  router.post('/agents/:agent_id/status', validateBody(AgentStatusDto), async (req: Request<AgentParams>, res) => {
    const { status } = bodyOf(req, AgentStatusDto);
    sendAgent(res, await service.reportStatus(principalOf(req), req.params.agent_id, status), service.now());
  });
}

function sendAgent(res: Response, agent: Agent, now: number): void {
  res.set('ETag', agentEtag(agent)).json(agentBody(agent, now));
}

function changeLifecycle(service: AgentService, to: AgentLifecycle): RequestHandler<AgentParams> {
  return async (req, res) => {
    sendAgent(res, await service.changeLifecycle(principalOf(req), req.params.agent_id, to), service.now());
  };
}

function profile(service: AgentService, parts: readonly AgentProfilePart[]): RequestHandler<AgentParams> {
  return async (req, res) => {
    const agent = await service.get(principalOf(req), req.params.agent_id);
    const known = await Promise.all(parts.map(async (part) => [part.name, await part.of(agent.id)] as const));
    res.json(profileBody(agent, service.now(), Object.fromEntries(known)));
  };
}

/** Figures of the whole platform, open to every principal. */
function stats(service: AgentService, parts: readonly StatsPart[]): RequestHandler {
  const counted = new Figures(() => count(service, parts), rowsOf);
  return async (req, res) => {
    principalOf(req);
    const { figures, asOf } = await counted.get();
    res.json({ ...figures, as_of: new Date(asOf).toISOString() });
  };
}

type StatsFigures = Awaited<ReturnType<StatsPart['figures']>>;

async function count(service: AgentService, parts: readonly StatsPart[]): Promise<StatsFigures> {
  const { registered, active, online } = await service.counts();
  const figures = await Promise.all(parts.map((part) => part.figures()));
  const agents_by_lifecycle = await service.countsByLifecycle();
  const agents = { registered_agents: registered, active_agents: active, online_agents: online, agents_by_lifecycle };
  return Object.assign({}, ...figures, agents) as StatsFigures;
}

/** Breakdowns count each row once more; for an order of magnitude that does not matter. */
function rowsOf(figures: StatsFigures): number {
  const numbers = Object.values(figures).flatMap((figure) =>
    typeof figure === 'number' ? figure : Object.values(figure),
  );
  return numbers.reduce((sum, number) => sum + number, 0);
}
