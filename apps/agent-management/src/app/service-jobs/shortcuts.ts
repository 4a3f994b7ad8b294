/** Routes that name a kind of job, and what of the request they settle by their path. */
export interface Shortcut {
  /** Below `/services`. */
  readonly path: string;
  readonly type: string;
  /** Members of the request that the path stands for. */
  readonly settled: Readonly<Record<string, string | boolean>>;
  /** Members that the request must have although the kind's schema does not ask for them. */
  readonly required?: readonly string[];
  readonly summary: string;
}

/** Its answer is a stream, so that it has a route of its own. */
export const LLM_STREAM: Shortcut = {
  path: '/llm/stream',
  type: 'llm_inference',
  settled: { stream: true },
  summary: 'Has a prompt completed, and gives the text while it comes',
};

export const SHORTCUTS: readonly Shortcut[] = [
  {
    path: '/whisper/transcribe',
    type: 'whisper',
    settled: { task: 'transcribe' },
    summary: 'Has speech transcribed',
  },
  {
    path: '/whisper/translate',
    type: 'whisper',
    settled: { task: 'translate' },
    summary: 'Has speech translated into English',
  },
  { path: '/stable-diffusion/generate', type: 'stable_diffusion', settled: {}, summary: 'Has images made' },
  {
    path: '/stable-diffusion/img2img',
    type: 'stable_diffusion',
    settled: {},
    required: ['init_image_url'],
    summary: 'Has images made from an image',
  },
  { path: '/llm/inference', type: 'llm_inference', settled: {}, summary: 'Has a prompt completed' },
  { path: '/ffmpeg/transcode', type: 'ffmpeg', settled: {}, summary: 'Has a video transcoded' },
  { path: '/blender/render', type: 'blender', settled: {}, summary: 'Has a scene rendered' },
  { path: '/text-analysis', type: 'text_analysis', settled: {}, summary: 'Has a text analysed' },
];
