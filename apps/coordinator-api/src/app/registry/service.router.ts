import { Router } from 'express';
import { ServiceKind } from './schemas/service-kind';
import { ServiceRegistry } from './service-registry';

/** Tells, for each kind of job, how many miners that are online now take it. */
export interface MinerOffers {
  onlineByService(types: readonly string[]): Promise<ReadonlyMap<string, number>>;
}

/** Tells how long jobs of a kind have taken, in milliseconds. */
export interface UsualDurations {
  mean(type: string): Promise<number | undefined>;
}

/**
 * `/services`: the kinds of jobs, for any principal; stands behind `authenticate`.
 * @param constraints JSON Schema of what a job of any kind may demand of a miner
 */
export function createServiceRouter(
  registry: ServiceRegistry,
  offers: MinerOffers,
  durations: UsualDurations,
  constraints: object,
): Router {
  const router = Router();
  router.get('/services', async (_req, res) => {
    const kinds = registry.kinds();
    const online = await offers.onlineByService(kinds.map(({ type }) => type));
    const items = kinds.map((kind) => ({ ...kindView(kind, online.get(kind.type) ?? 0), constraints }));
    res.json({ items, next_cursor: null });
  });
  router.get('/services/:type/schema', (req, res) => {
    res.json(registry.schemaOf(req.params.type));
  });
  router.get('/services/:type/duration', async (req, res) => {
    registry.schemaOf(req.params.type);
    res.json({ usual_duration_ms: (await durations.mean(req.params.type)) ?? null });
  });
  return router;
}

/** Models that a request of the kind may name; empty when any is accepted, or none is needed. */
export function modelsOf({ schema }: ServiceKind): readonly string[] {
  const models = schema.properties['model']?.['enum'];
  return Array.isArray(models) ? models.map(String) : [];
}

function kindView(kind: ServiceKind, online: number) {
  const { type, name, description, schema } = kind;
  return {
    id: type,
    type,
    name,
    description,
    models: modelsOf(kind),
    miners_online: online,
    schema,
  };
}
