import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONNECTIONS, warmLoad } from '../load/warm-load';
import type { Bench, Prepared, Scenario } from '../scenario';
import { freePort, ServiceProcess } from '../service/service-process';
import { THREE_STEPS } from './workflows';

/** What Express can do at most: one handler that answers an object of the size of a workflow, and nothing else. */
export const expressGet: Scenario = {
  name: 'express-get',
  figures: [{ key: 'rate', what: 'bare Express, GET of a JSON object', unit: 'a second' }],
  async prepare(bench: Bench): Promise<Prepared> {
    const body = JSON.stringify(workflowLike());
    const file = join(bench.folder, 'object.json');
    writeFileSync(file, body);
    const port = await freePort();
    const service = await ServiceProcess.start({
      command: [...bench.serviceArguments, join(bench.dist, 'tools/bench/express-server.js'), String(port), file],
      environment: { NODE_ENV: 'production' },
      folder: bench.folder,
      port,
      healthPath: '/health',
    });
    return {
      async measure() {
        const isRight = (status: number, answer: string) => status === 200 && answer === body;
        const requests = [{ path: '/object', isRight }];
        const { rate } = await warmLoad(bench.scale, { url: service.url, connections: CONNECTIONS, requests });
        return { rate };
      },
      close: () => service.stop(),
    };
  },
};

/** As long as what agent-management answers for {@link THREE_STEPS}: that has ids, defaults and times besides. */
function workflowLike(): object {
  const defaults = {
    model_requirements: null,
    output_mappings: null,
    timeout_seconds: 300,
    max_retries: 3,
    retry_policy: {
      initial_interval_ms: 500,
      backoff_coefficient: 2,
      maximum_interval_ms: 30_000,
      jitter: true,
      non_retryable_errors: [],
    },
    when: null,
    requires_proof: false,
    verification_level: null,
  };
  const steps = Object.entries(THREE_STEPS.steps).map(([id, step]) => [id, { ...step, ...defaults }]);
  const times = { created_at: '2026-01-31T09:15:00.000Z', updated_at: '2026-01-31T09:15:00.000Z' };
  const limits = { max_execution_time: 3_600, max_cost_budget: 0, requires_verification: true };
  const names = { id: `wf_${'0'.repeat(36)}`, owner_id: 'bench', workflow_hash: 'a'.repeat(64) };
  const rest = { outputs: null, verification_level: 'basic', is_public: false, version: 1 };
  return { ...names, ...THREE_STEPS, steps: Object.fromEntries(steps) as object, ...limits, ...rest, ...times };
}
