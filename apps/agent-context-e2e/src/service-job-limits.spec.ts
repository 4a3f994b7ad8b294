import { badFields } from './testing/bad-fields';
import { SERVICES } from './testing/paths';
import { type BodyRoute, describeRefusals, join } from './testing/refusals';

const URL = 'https://example.org/a';
const post = (path: string, body: object): BodyRoute => ({
  method: 'post',
  path: `${SERVICES}${path}`,
  by: 'client',
  body,
});
const long = (length: number) => 'x'.repeat(length);

type Limit = [string, object, string[]];
/** Each value alone beyond the limit of its field. */
const beyond = (field: string, ...values: unknown[]): Limit[] =>
  values.map((value) => [`${field} ${JSON.stringify(value).slice(0, 40)}`, { [field]: value }, [`/${field}`]]);
const without = (field: string): Limit => [`no ${field}`, { [field]: undefined }, [`/${field}`]];
const unknown: Limit = ['an unknown field', { surprise: 1 }, ['/surprise']];

const whisper = (path: string, task: string) =>
  badFields(post(path, { audio_url: URL }), [
    without('audio_url'),
    ...beyond('audio_url', 'here', 'file:///etc/hosts', 5),
    ...beyond('model', 'huge', 1),
    ...beyond('temperature', -0.1, 1.1, '0'),
    ...beyond('beam_size', 0, 11, 1.5),
    ...beyond('language', 'English'),
    ['another task', { task }, ['/task']],
    unknown,
  ]);

const images = (path: string) =>
  badFields(post(path, { prompt: 'a', init_image_url: URL }), [
    without('prompt'),
    ...beyond('prompt', '', long(1_001), 1),
    ...beyond('num_images', 0, 5),
    ...beyond('num_inference_steps', 0, 101),
    ...beyond('guidance_scale', 0.9, 20.1),
    ...beyond('size', 'large', '0x0'),
    ...beyond('seed', -1, 0.5),
    unknown,
  ]);

const refusals = join([
  whisper('/whisper/transcribe', 'translate'),
  whisper('/whisper/translate', 'transcribe'),
  images('/stable-diffusion/generate'),
  images('/stable-diffusion/img2img'),
  badFields(post('/stable-diffusion/img2img', { prompt: 'a', init_image_url: URL }), [
    without('init_image_url'),
    ...beyond('init_image_url', 'here'),
  ]),
  badFields(post('/llm/inference', { model: 'm', prompt: 'p' }), [
    without('model'),
    without('prompt'),
    ...beyond('prompt', '', long(10_001)),
    ...beyond('max_tokens', 0, 4_097),
    ...beyond('temperature', -0.1, 2.1),
    ...beyond('top_p', -0.1, 1.1),
    ...beyond('top_k', 0),
    ...beyond('stop_sequences', 'END'),
    ...beyond('stream', 'yes'),
    unknown,
  ]),
  badFields(post('/ffmpeg/transcode', { input_url: URL, output_format: 'mp4' }), [
    without('input_url'),
    without('output_format'),
    ...beyond('input_url', 'concat:/etc/hosts', 'file:///etc/hosts'),
    ...beyond('codec', 'mpeg2'),
    ...beyond('preset', 'warp'),
    ...beyond('crf', -1, 52),
    ...beyond('fps', 0, 121),
    ...beyond('resolution', '1920', '1920x1080 -i x'),
    ...beyond('bitrate', '5m -y'),
    ['raw arguments', { args: ['-y'] }, ['/args']],
  ]),
  badFields(post('/blender/render', { blend_file_url: URL }), [
    without('blend_file_url'),
    ...beyond('engine', 'povray'),
    ...beyond('format', 'gif'),
    ...beyond('resolution_x', 0, 8_193),
    ...beyond('resolution_y', 0),
    ...beyond('samples', 0),
    ['frames that go backwards', { frame_start: 3, frame_end: 2 }, ['/frame_end']],
    unknown,
  ]),
  badFields(post('/text-analysis', { text: 't', tasks: ['summary'] }), [
    without('text'),
    without('tasks'),
    ...beyond('tasks', [], 'summary'),
    ['an unknown task', { tasks: ['summary', 'gossip'] }, ['/tasks/1']],
    unknown,
  ]),
]);

describeRefusals('what the services do not take', refusals);
