import { MINER_SESSION_HEADER } from '@aitbc/contracts';
import type { GpuOffer, Miner } from '@aitbc/coordinator-domain';
import {
  bodyOf,
  etagOf,
  type IdempotencyRecords,
  idempotent,
  ifMatch,
  keepAnswer,
  pageRequestOf,
  type Principal,
  principalOf,
  queryOf,
  requireRole,
  sendAnswer,
  sendPage,
  toUnits,
  validateBody,
  validateQuery,
} from '@aitbc/shared-core';
import { type Request, type RequestHandler, Router } from 'express';
import { CreateGpuOfferDto, GpuOfferListQuery } from './gpu-offer.dto';
import type { GpuOfferFilter } from './gpu-offer-list';
import type { GpuOfferRequest, GpuOfferService } from './gpu-offer.service';
import { gpuOfferView } from './gpu-offer.view';

/** Tells which miner is meant, and that it belongs to who calls. */
export interface OfferingMiners {
  get(principal: Principal, minerId: string): Promise<Miner>;
  speaking(principal: Principal, session: string | undefined): Promise<Miner>;
}

type OfferParams = { offer_id: string };

const PATH = '/marketplace/gpu/offers';

/** `/marketplace/gpu/offers`; stands behind `authenticate`. */
export function createGpuOfferRouter(
  offers: GpuOfferService,
  miners: OfferingMiners,
  records: IdempotencyRecords,
): Router {
  const router = Router();
  const withdrawers = requireRole('miner', 'admin');

  router.post(
    PATH,
    requireRole('miner'),
    idempotent(records),
    validateBody(CreateGpuOfferDto),
    createOffer(offers, miners),
  );
  router.get(PATH, validateQuery(GpuOfferListQuery), async (req, res) => {
    const query = queryOf(req, GpuOfferListQuery);
    const page = await offers.page(filterOf(query, principalOf(req)), pageRequestOf(query));
    sendPage(res, page, viewFor(principalOf(req)));
  });
  router.get(`${PATH}/:offer_id`, async (req: Request<OfferParams>, res) => {
    sendAnswer(res, answerTo(principalOf(req))(await offers.get(req.params.offer_id)));
  });
  router.delete(`${PATH}/:offer_id`, withdrawers, async (req: Request<OfferParams>, res) => {
    await offers.withdraw(principalOf(req), req.params.offer_id, ifMatch(req, etagOfOffer));
    res.status(204).end();
  });
  addBookingRoutes(router, offers, records);
  return router;
}

function addBookingRoutes(router: Router, offers: GpuOfferService, records: IdempotencyRecords): void {
  const bookers = requireRole('client', 'service');
  const releasers = requireRole('client', 'service', 'admin');
  router.post(`${PATH}/:offer_id/book`, bookers, idempotent(records), async (req: Request<OfferParams>, res) => {
    const principal = principalOf(req);
    const answer = answerTo(principal);
    sendAnswer(res, answer(await offers.book(principal, req.params.offer_id, keepAnswer(req, answer))));
  });
  router.post(`${PATH}/:offer_id/release`, releasers, async (req: Request<OfferParams>, res) => {
    const principal = principalOf(req);
    sendAnswer(res, answerTo(principal)(await offers.release(principal, req.params.offer_id)));
  });
}

function createOffer(offers: GpuOfferService, miners: OfferingMiners): RequestHandler {
  return async (req, res) => {
    const principal = principalOf(req);
    const body = bodyOf(req, CreateGpuOfferDto);
    const miner = body.miner_id
      ? await miners.get(principal, body.miner_id)
      : await miners.speaking(principal, req.get(MINER_SESSION_HEADER));
    const answer = (offer: GpuOffer) => ({
      ...answerTo(principal)(offer),
      status: 201,
      location: `${req.baseUrl}${PATH}/${offer.id}`,
    });
    sendAnswer(res, answer(await offers.create(principal, miner.id, requestOf(body), keepAnswer(req, answer))));
  };
}

function etagOfOffer({ version }: GpuOffer): string {
  return etagOf(version);
}

function viewFor(principal: Principal) {
  return (offer: GpuOffer) => gpuOfferView(offer, principal, Date.now());
}

function answerTo(principal: Principal) {
  return (offer: GpuOffer) => ({ status: 200, etag: etagOfOffer(offer), body: viewFor(principal)(offer) });
}

function requestOf(body: CreateGpuOfferDto): GpuOfferRequest {
  return {
    gpu: body.gpu,
    pricePerHour: toUnits(body.price_per_hour),
    region: body.region ?? undefined,
    availableFrom: timeOf(body.available_from),
    availableUntil: timeOf(body.available_until),
  };
}

/** Optional fields may be `null`, too. */
function timeOf(text: string | null | undefined): number | undefined {
  return typeof text === 'string' ? Date.parse(text) : undefined;
}

function filterOf(query: GpuOfferListQuery, { subject }: Principal): GpuOfferFilter {
  const { gpu, min_vram_gb: vramGb, max_price: price, region, status } = query;
  return {
    gpu,
    minMemoryMb: vramGb === undefined ? undefined : Math.ceil(vramGb * 1024),
    maxPrice: price === undefined ? undefined : toUnits(price),
    region,
    status,
    party: query.mine ? subject : undefined,
  };
}
