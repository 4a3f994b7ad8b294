import {
  bodyOf,
  idempotent,
  type IdempotencyRecords,
  ifMatch,
  keepAnswer,
  PageQuery,
  pageRequestOf,
  principalOf,
  queryOf,
  sendAnswer,
  sendPage,
  validateBody,
  validateQuery,
} from '@aitbc/shared-core';
import type { AgentNetwork } from '@aitbc/shared-domain';
import { type Request, type Response, Router } from 'express';
import { NetworkDto, PatchNetworkDto } from './network.dto';
import type { NetworkService } from './network.service';
import { networkBody, networkEtag } from './network.view';

type NetworkParams = { network_id: string };

/** `/networks` of the agent context. Stands after `authenticate`. */
export function createNetworkRouter(service: NetworkService, records: IdempotencyRecords): Router {
  const router = Router();
  addCollection(router, service, records);
  router.get('/networks/:network_id', async (req: Request<NetworkParams>, res) => {
    sendNetwork(res, await service.get(principalOf(req), req.params.network_id));
  });
  router.patch('/networks/:network_id', validateBody(PatchNetworkDto), async (req: Request<NetworkParams>, res) => {
    const { network_id } = req.params;
    const expected = ifMatch(req, networkEtag);
    sendNetwork(res, await service.patch(principalOf(req), network_id, bodyOf(req, PatchNetworkDto), expected));
  });
  router.delete('/networks/:network_id', async (req: Request<NetworkParams>, res) => {
    await service.delete(principalOf(req), req.params.network_id, ifMatch(req, networkEtag));
    res.status(204).end();
  });
  return router;
}

function addCollection(router: Router, service: NetworkService, records: IdempotencyRecords): void {
  router.post('/networks', idempotent(records), validateBody(NetworkDto), async (req, res) => {
    const answer = (network: AgentNetwork) => ({
      status: 201,
      location: `${req.baseUrl}/networks/${network.id}`,
      etag: networkEtag(network),
      body: networkBody(network),
    });
    const request = bodyOf(req, NetworkDto);
    sendAnswer(res, answer(await service.create(principalOf(req), request, keepAnswer(req, answer))));
  });
  router.get('/networks', validateQuery(PageQuery), async (req, res) => {
    const page = pageRequestOf(queryOf(req, PageQuery));
    sendPage(res, await service.list(principalOf(req), page), networkBody);
  });
}

function sendNetwork(res: Response, network: AgentNetwork): void {
  res.set('ETag', networkEtag(network)).json(networkBody(network));
}
