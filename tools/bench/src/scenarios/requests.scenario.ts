import type { LoadRequest } from '../load/http-load';
import { CONNECTIONS, warmLoad } from '../load/warm-load';
import type { Bench, Prepared, Scenario } from '../scenario';
import { startPlatform } from '../service/platform';
import { createWorkflow, THREE_STEPS, WORKFLOWS } from './workflows';

/** Ids that the clients of `workflow-get` ask for in turn. */
const WORKFLOWS_READ = 200;

/** A probe: no credential, no database. */
export const health: Scenario = {
  name: 'health',
  figures: [{ key: 'rate', what: 'GET /health', unit: 'a second' }],
  async prepare(bench: Bench): Promise<Prepared> {
    const platform = await startPlatform(bench);
    const isRight = (status: number, body: string) => status === 200 && body.includes('"status":"healthy"');
    return {
      async measure() {
        const load = { url: platform.url, connections: CONNECTIONS, requests: [{ path: '/health', isRight }] };
        const { rate } = await warmLoad(bench.scale, load);
        return { rate };
      },
      close: () => platform.close(),
    };
  },
};

export const workflowGet: Scenario = {
  name: 'workflow-get',
  needs: ['express-get'],
  figures: [
    { key: 'rate', what: 'GET of a workflow by id', unit: 'a second', bar: { atLeast: 0.3, of: 'express-get.rate' } },
    { key: 'p99', what: `… 99th percentile at ${CONNECTIONS} clients`, unit: 'ms' },
  ],
  async prepare(bench: Bench): Promise<Prepared> {
    const platform = await startPlatform(bench);
    const paths: string[] = [];
    for (let index = 0; index < WORKFLOWS_READ; index++) {
      paths.push(`${WORKFLOWS}/${await createWorkflow(platform, THREE_STEPS)}`);
    }
    const requests: LoadRequest[] = [];
    for (const path of paths) {
      const { text } = await platform.client.send('GET', path);
      requests.push({ path, isRight: (status: number, body: string) => status === 200 && body === text });
    }
    return {
      async measure() {
        const { url, key } = platform;
        const { rate, p99 } = await warmLoad(bench.scale, { url, key, connections: CONNECTIONS, requests });
        return { rate, p99 };
      },
      close: () => platform.close(),
    };
  },
};

/** Every answer means that the workflow is on the disk. */
export const workflowCreate: Scenario = {
  name: 'workflow-create',
  figures: [
    { key: 'rate', what: 'POST of a workflow of three steps', unit: 'a second' },
    { key: 'p99', what: `… 99th percentile at ${CONNECTIONS} clients`, unit: 'ms' },
  ],
  async prepare(bench: Bench): Promise<Prepared> {
    const platform = await startPlatform(bench);
    let answered = 0;
    const isRight = (status: number) => {
      answered += 1;
      return status === 201;
    };
    const requests = [{ method: 'POST', path: WORKFLOWS, body: JSON.stringify(THREE_STEPS), isRight }];
    return {
      async measure() {
        const { url, key, client } = platform;
        const { rate, p99 } = await warmLoad(bench.scale, { url, key, connections: CONNECTIONS, requests });
        const { headers } = await client.send('GET', `${WORKFLOWS}?limit=1&count=true`);
        const stored = Number(headers['x-total-count']);
        // At the end of warm-up and measurement the requests in flight are cut off: done, though nobody saw the answer.
        if (!(stored >= answered && stored <= answered + 2 * CONNECTIONS)) {
          throw new Error(`${answered} were answered, ${stored} are stored`);
        }
        return { rate, p99 };
      },
      close: () => platform.close(),
    };
  },
};
