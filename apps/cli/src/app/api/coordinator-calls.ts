import { type CoordinatorApi, coordinatorApi, type Operations, type Schemas } from '@aitbc/coordinator-client';
import { dataOf, done } from './answers';
import type { HttpTransport } from './http-transport';
import { onceOnly, segment } from './ids';

type Query<Name extends keyof Operations> = Operations[Name]['parameters']['query'];

/** The calls of the coordinator that this program makes; errors are those of `HttpTransport.fetch`. */
export class CoordinatorCalls {
  private readonly api: CoordinatorApi;

  constructor(http: HttpTransport) {
    this.api = coordinatorApi(http, http.url);
  }

  /** Kinds of jobs; every valid key may ask, so that it also tells whether a key is one. */
  services() {
    return dataOf(this.api.quick.GET('/api/v1/services'));
  }

  jwks() {
    return dataOf(this.api.quick.GET('/.well-known/jwks.json'));
  }

  jobs(query: Query<'listJobs'>) {
    return dataOf(this.api.quick.GET('/api/v1/jobs', { params: { query } }));
  }

  job(id: string) {
    const params = { path: { job_id: segment(id) } };
    return dataOf(this.api.quick.GET('/api/v1/jobs/{job_id}', { params }));
  }

  submitJob(body: Schemas['SubmitJobRequest']) {
    return dataOf(this.api.quick.POST('/api/v1/jobs', { params: { header: onceOnly() }, body }));
  }

  cancelJob(id: string) {
    const params = { path: { job_id: segment(id) } };
    return dataOf(this.api.quick.POST('/api/v1/jobs/{job_id}/cancel', { params }));
  }

  /** @param wait seconds that the platform may wait for the end of the job, at most 60. */
  jobResult(id: string, wait: number) {
    const params = { path: { job_id: segment(id) }, query: { wait } };
    return dataOf(this.api.patient(wait).GET('/api/v1/jobs/{job_id}/result', { params }));
  }

  miners(query: Query<'listMiners'>) {
    return dataOf(this.api.quick.GET('/api/v1/miners', { params: { query } }));
  }

  miner(id: string) {
    const params = { path: { miner_id: segment(id) } };
    return dataOf(this.api.quick.GET('/api/v1/miners/{miner_id}', { params }));
  }

  apiKeys(query: Query<'listApiKeys'>) {
    return dataOf(this.api.quick.GET('/api/v1/admin/api-keys', { params: { query } }));
  }

  createApiKey(body: Schemas['CreateApiKeyRequest']) {
    return dataOf(this.api.quick.POST('/api/v1/admin/api-keys', { params: { header: onceOnly() }, body }));
  }

  revokeApiKey(id: string) {
    const params = { path: { key_id: segment(id) } };
    return done(this.api.quick.DELETE('/api/v1/admin/api-keys/{key_id}', { params }));
  }

  rotateSigningKey() {
    return dataOf(this.api.quick.POST('/api/v1/admin/signing-keys/rotate', { params: { header: onceOnly() } }));
  }
}
