const AUDIO = { audio_url: 'https://example.org/a.wav' };
const IMAGE = { prompt: 'a lighthouse' };
const VIDEO = { input_url: 'https://example.org/a.mov', output_format: 'mp4' };
const TEXT = { text: 'It was the best of times.', tasks: ['sentiment'] };

export interface ServiceRequest {
  /** Below `/services`. */
  readonly path: string;
  readonly type: string;
  /** A body that is accepted. */
  readonly body: object;
  /** Members that may be added to it. */
  readonly more: object;
  /** What the path adds to it. */
  readonly settled?: object;
}

/** A request of each route that takes service jobs. */
export const SERVICE_REQUESTS: readonly ServiceRequest[] = [
  {
    path: '/whisper/transcribe',
    type: 'whisper',
    body: AUDIO,
    more: { beam_size: 10 },
    settled: { task: 'transcribe' },
  },
  {
    path: '/whisper/translate',
    type: 'whisper',
    body: AUDIO,
    more: { temperature: 1 },
    settled: { task: 'translate' },
  },
  { path: '/stable-diffusion/generate', type: 'stable_diffusion', body: IMAGE, more: { num_images: 4 } },
  {
    path: '/stable-diffusion/img2img',
    type: 'stable_diffusion',
    body: { ...IMAGE, init_image_url: 'https://example.org/a.png' },
    more: { guidance_scale: 20, seed: 0 },
  },
  {
    path: '/llm/inference',
    type: 'llm_inference',
    body: { model: 'any', prompt: 'hello' },
    more: { max_tokens: 4_096 },
  },
  { path: '/ffmpeg/transcode', type: 'ffmpeg', body: VIDEO, more: { codec: 'av1', crf: 51, resolution: '1920x1080' } },
  {
    path: '/blender/render',
    type: 'blender',
    body: { blend_file_url: 'http://example.org/a.blend' },
    more: { frame_start: 2, frame_end: 2 },
  },
  { path: '/text-analysis', type: 'text_analysis', body: TEXT, more: { tasks: ['summary', 'language'] } },
  { path: '/text_analysis', type: 'text_analysis', body: TEXT, more: { text: 'Another.' } },
];
