import { bodyOf, pageRequestOf, principalOf, queryOf, sendPage, validateBody, validateQuery } from '@aitbc/shared-core';
import { type AgentLifecycle, HEARTBEAT_INTERVAL_SECONDS } from '@aitbc/shared-domain';
import { type Request, type RequestHandler, Router } from 'express';
import type { AgentProfilePart, StatsPart } from './agent-parts.port';
import { AgentListQuery, AgentStatusDto, HeartbeatDto, PatchAgentDto, RegisterAgentDto } from './agent.dto';
import type { AgentService } from './agent.service';
import { agentBody, profileBody } from './agent.view';

export interface AgentRouterDeps {
  readonly service: AgentService;
  readonly profileParts?: readonly AgentProfilePart[];
  readonly statsParts?: readonly StatsPart[];
}

type AgentParams = { agent_id: string };

/** `/agents` and `/stats` of the agent context. Stands after `authenticate`. */
export function createAgentRouter({ service, profileParts = [], statsParts = [] }: AgentRouterDeps): Router {
  const router = Router();
  addCollection(router, service);
  addAgent(router, service);
  addReports(router, service);
  router.post('/agents/:agent_id/activate', changeLifecycle(service, 'active'));
  router.post('/agents/:agent_id/suspend', changeLifecycle(service, 'suspended'));
  router.post('/agents/:agent_id/retire', changeLifecycle(service, 'retired'));
  router.get('/agents/:agent_id/profile', profile(service, profileParts));
  router.get('/stats', stats(service, statsParts));
  return router;
}

function addCollection(router: Router, service: AgentService): void {
  router.post('/agents/register', validateBody(RegisterAgentDto), async (req, res) => {
    const agent = await service.register(principalOf(req), bodyOf(req, RegisterAgentDto));
    res.status(201).location(`${req.baseUrl}/agents/${agent.id}`);
    res.json({ success: true, agent: agentBody(agent, service.now()) });
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
    res.json(agentBody(await service.get(principalOf(req), req.params.agent_id), service.now()));
  });
  router.patch('/agents/:agent_id', validateBody(PatchAgentDto), async (req: Request<AgentParams>, res) => {
    const agent = await service.patch(principalOf(req), req.params.agent_id, bodyOf(req, PatchAgentDto));
    res.json(agentBody(agent, service.now()));
  });
  router.delete('/agents/:agent_id', async (req, res) => {
    await service.changeLifecycle(principalOf(req), req.params.agent_id, 'retired');
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
    const agent = await service.reportStatus(principalOf(req), req.params.agent_id, status);
    res.json(agentBody(agent, service.now()));
  });
}

function changeLifecycle(service: AgentService, to: AgentLifecycle): RequestHandler<AgentParams> {
  return async (req, res) => {
    const agent = await service.changeLifecycle(principalOf(req), req.params.agent_id, to);
    res.json(agentBody(agent, service.now()));
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
  return async (req, res) => {
    principalOf(req);
    const { registered, active, online } = await service.counts();
    const figures = await Promise.all(parts.map((part) => part.figures()));
    const agents = { registered_agents: registered, active_agents: active, online_agents: online };
    res.json(Object.assign({}, ...figures, agents));
  };
}
