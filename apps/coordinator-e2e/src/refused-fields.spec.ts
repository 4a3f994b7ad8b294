import { atEnd, unique } from './testing/actors';
import { badMethods, badQueries } from './testing/bad-bodies';
import { badFields } from './testing/bad-fields';
import { jobBody, submitted } from './testing/jobs';
import { API, DELEGATED, JOBS, KEYS, MINERS, SERVICES } from './testing/paths';
import { type BodyRoute, describeRefusals, join, type Refusal } from './testing/refusals';

const key = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo';
const long = (length: number) => 'x'.repeat(length);
const post = (path: string, by: BodyRoute['by'], body: object): BodyRoute => ({ method: 'post', path, by, body });

const { payload } = jobBody('any');
const submission = post(JOBS, 'client', jobBody('any'));
const jobs = badFields(submission, [
  ['nothing', { payload: undefined }, ['/payload']],
  ['an empty payload', { payload: {} }, ['/payload/service_type', '/payload/service_request']],
  ['an unknown kind', { payload: { ...payload, service_type: 'mining' } }, ['/payload/service_type']],
  ['an unknown field of the payload', { payload: { ...payload, x: 1 } }, ['/payload/x']],
  ['an unknown agent', { payload: { ...payload, agent_id: 'nobody' } }, ['/payload/agent_id']],
  ['a list for a request', { payload: { ...payload, service_request: [] } }, ['/payload/service_request']],
  ['no time', { ttl_seconds: 0 }, ['/ttl_seconds']],
  ['half a second', { ttl_seconds: 0.5 }, ['/ttl_seconds']],
  ['time as text', { ttl_seconds: '900' }, ['/ttl_seconds']],
  ['a negative payment', { payment_amount: -1 }, ['/payment_amount']],
  ['9 decimals of payment', { payment_amount: 0.000000001 }, ['/payment_amount']],
  ['payment as text', { payment_amount: '1' }, ['/payment_amount']],
  ['a number for a currency', { payment_currency: 1 }, ['/payment_currency']],
  ['a list of constraints', { constraints: [] }, ['/constraints']],
  ['an unknown constraint', { constraints: { colour: 'red' } }, ['/constraints/colour']],
  ['a number for a GPU', { constraints: { gpu: 1 } }, ['/constraints/gpu']],
  ['a CUDA that is no version', { constraints: { cuda: 'new' } }, ['/constraints/cuda']],
  ['memory as text', { constraints: { min_vram_gb: '8' } }, ['/constraints/min_vram_gb']],
  ['negative memory', { constraints: { min_vram_gb: -1 } }, ['/constraints/min_vram_gb']],
  ['a text for models', { constraints: { models: 'x' } }, ['/constraints/models']],
  ['a number for a region', { constraints: { region: 1 } }, ['/constraints/region']],
  ['a bad price', { constraints: { max_price: 0.123456789 } }, ['/constraints/max_price']],
  ['a client in the body', { client_id: 'me' }, ['/client_id']],
  ['several at once', { ttl_seconds: -1, payment_amount: {}, x: 1 }, ['/ttl_seconds', '/payment_amount', '/x']],
]);

/** A request of the kind that its schema must refuse, and the field in it that must be named. */
const bad = (type: string, service_request: object, ...fields: string[]): [string, Refusal] => [
  `a ${type} job with a bad ${fields.join(', ')}: ${JSON.stringify(service_request).slice(0, 60)}`,
  {
    ...submission,
    body: { payload: { service_type: type, service_request } },
    status: 422,
    pointers: fields.map((field) => `/payload/service_request/${field}`),
  },
];
const audio = { audio_url: 'https://example.org/a.wav' };
const video = { input_url: 'https://example.org/a.mp4', output_format: 'mp4' };
const scene = { blend_file_url: 'https://example.org/a.blend' };
const chat = { model: 'm', prompt: 'p' };
const requests = Object.fromEntries([
  bad('whisper', {}, 'audio_url'),
  bad('whisper', { ...audio, model: 'huge' }, 'model'),
  bad('whisper', { ...audio, temperature: 1.1 }, 'temperature'),
  bad('whisper', { ...audio, beam_size: 11 }, 'beam_size'),
  bad('whisper', { ...audio, beam_size: 0 }, 'beam_size'),
  bad('whisper', { audio_url: 'file:///etc/hosts' }, 'audio_url'),
  bad('stable_diffusion', { prompt: '' }, 'prompt'),
  bad('stable_diffusion', { prompt: long(1_001) }, 'prompt'),
  bad('stable_diffusion', { prompt: 'p', num_images: 5 }, 'num_images'),
  bad('stable_diffusion', { prompt: 'p', num_inference_steps: 101 }, 'num_inference_steps'),
  bad('stable_diffusion', { prompt: 'p', guidance_scale: 20.5 }, 'guidance_scale'),
  bad('llm_inference', {}, 'model', 'prompt'),
  bad('llm_inference', { ...chat, prompt: long(10_001) }, 'prompt'),
  bad('llm_inference', { ...chat, max_tokens: 4_097 }, 'max_tokens'),
  bad('llm_inference', { ...chat, temperature: 2.1 }, 'temperature'),
  bad('llm_inference', { ...chat, stream: 'yes' }, 'stream'),
  bad('ffmpeg', { ...video, codec: 'divx' }, 'codec'),
  bad('ffmpeg', { ...video, crf: 52 }, 'crf'),
  bad('ffmpeg', { ...video, fps: 0 }, 'fps'),
  bad('ffmpeg', { ...video, resolution: '1280' }, 'resolution'),
  bad('ffmpeg', { ...video, arguments: '-i /etc/hosts' }, 'arguments'),
  bad('blender', { ...scene, frame_start: 2, frame_end: 1 }, 'frame_end'),
  bad('blender', { ...scene, samples: 0 }, 'samples'),
  bad('text_analysis', { text: 't', tasks: ['poetry'] }, 'tasks/0'),
  bad('text_analysis', { text: 't', tasks: 'all' }, 'tasks'),
]);

const registration = post(`${MINERS}/register`, 'miner', { capabilities: {}, public_key: key });
const miners = join([
  badFields(registration, [
    ['nothing', { capabilities: undefined, public_key: undefined }, ['/capabilities', '/public_key']],
    ['a text for capabilities', { capabilities: 'all' }, ['/capabilities']],
    ['a text for models', { capabilities: { models: 'x' } }, ['/capabilities/models']],
    ['a GPU without memory', { capabilities: { gpus: [{ name: 'A' }] } }, ['/capabilities/gpus/0/memory_mb']],
    ['a bad price', { capabilities: { price: 0.000000001 } }, ['/capabilities/price']],
    ['a CUDA that is no version', { capabilities: { cuda: 'x' } }, ['/capabilities/cuda']],
    ['no concurrency', { concurrency: 0 }, ['/concurrency']],
    ['a number for a region', { region: 1 }, ['/region']],
    ['a key that is no point of the curve', { public_key: long(43) }, ['/public_key']],
    ['a key of another kind', { public_key: { kty: 'RSA', n: 'AQAB', e: 'AQAB' } }, ['/public_key']],
  ]),
  badFields(post(`${MINERS}/poll`, 'miner', {}), [
    ['more patience than 30 s', { max_wait_seconds: 31 }, ['/max_wait_seconds']],
    ['negative patience', { max_wait_seconds: -1 }, ['/max_wait_seconds']],
    ['patience as text', { max_wait_seconds: '1' }, ['/max_wait_seconds']],
  ]),
  badFields(post(`${MINERS}/heartbeat`, 'miner', {}), [
    ['a negative number of jobs', { inflight: -1 }, ['/inflight']],
    ['a list for metadata', { metadata: [] }, ['/metadata']],
    ['a number for a status', { status: 1 }, ['/status']],
  ]),
  badFields(post(`${MINERS}/:job/result`, 'miner', {}), [
    ['nothing', {}, ['/result', '/signature']],
    ['a number for a signature', { result: 1, signature: 1 }, ['/signature']],
  ]),
  badFields(post(`${MINERS}/:job/fail`, 'miner', {}), [['no error', {}, ['/error']]]),
  badFields({ method: 'put', path: `${MINERS}/:miner/capabilities`, by: 'miner', body: {} }, [
    ['a text for models', { models: 'x' }, ['/models']],
    ['a negative price', { price: -1 }, ['/price']],
  ]),
]);

const keys = badFields(post(KEYS, 'admin', { subject: 'nobody', role: 'client' }), [
  ['nothing', { subject: undefined, role: undefined }, ['/subject', '/role']],
  ['an unknown role', { role: 'root' }, ['/role']],
  ['an expiry in the past', { expires_at: '2020-01-01T00:00:00.000Z' }, ['/expires_at']],
  ['an expiry that is no time', { expires_at: 'soon' }, ['/expires_at']],
  ['a key of one’s own', { api_key: long(43) }, ['/api_key']],
]);

const query = (path: string, by: BodyRoute['by'], ...pointers: string[]): [string, Refusal] => [
  `GET ${path}`,
  { method: 'get', path, by, status: 422, pointers },
];
const queries = join([
  badQueries(JOBS, 'client'),
  badQueries(`${JOBS}/history`, 'client'),
  badQueries(MINERS, 'miner'),
  badQueries(`${MINERS}/:miner/jobs`, 'miner'),
  Object.fromEntries([
    query(`${JOBS}?status=DONE`, 'client', '?status'),
    query(`${JOBS}?from_time=yesterday`, 'client', '?from_time'),
    query(`${JOBS}?to_time=2026-13-01T00:00:00Z&from_time=1`, 'client', '?to_time', '?from_time'),
    query(`${JOBS}/:job/result?wait=long`, 'client', '?wait'),
    query(`${JOBS}/:job/result?wait=-1`, 'client', '?wait'),
    query(`${JOBS}/changes?wait=x`, 'service', '?wait'),
    query(`${JOBS}/changes?after=nonsense&wait=0`, 'service', '?after'),
    query(`${DELEGATED}/:job/text?after=-1`, 'service', '?after'),
    query(`${DELEGATED}/:job/text?wait=61`, 'service', '?wait'),
  ]),
]);

const methods = join([
  badMethods(JOBS, 'put', 'delete', 'patch'),
  badMethods(`${JOBS}/:job`, 'put', 'post', 'delete'),
  badMethods(`${JOBS}/:job/cancel`, 'get'),
  badMethods(`${JOBS}/:job/result`, 'post'),
  badMethods(SERVICES, 'post', 'delete'),
  badMethods('/health', 'post', 'delete'),
  badMethods('/ready', 'post'),
  badMethods('/.well-known/jwks.json', 'post'),
]);

const absent = (method: Refusal['method'], path: string, by: BodyRoute['by'] = 'client'): [string, Refusal] => [
  `${method.toUpperCase()} ${path}`,
  { method, path, by, status: 404 },
];
const paths = Object.fromEntries([
  absent('get', '/nowhere'),
  absent('get', `${API}/nowhere`),
  absent('delete', `${API}/nowhere/at/all`),
  absent('get', `${JOBS}/job_none`),
  absent('get', `${JOBS}/job_none/result`),
  absent('get', `${JOBS}/${encodeURIComponent("' OR 1=1 --")}`),
  absent('get', `${JOBS}/${long(300)}`),
  absent('post', `${JOBS}/job_none/cancel`),
  absent('get', `${MINERS}/none/jobs`, 'miner'),
  absent('get', `${SERVICES}/mining/schema`),
  absent('delete', `${KEYS}/key_none`, 'admin'),
]);

describeRefusals(
  'fields, queries, methods and paths that the coordinator refuses',
  join([jobs, requests, miners, keys, queries, methods, paths]),
  async ({ client, miner }) => {
    await miner.http.post(`${MINERS}/register`, { capabilities: { models: [] }, public_key: key }, 200);
    atEnd(() => miner.http.delete(`${MINERS}/${miner.subject}`));
    return { job: await submitted(client, unique('model'), { ttl_seconds: 60 }), miner: miner.subject };
  },
);
