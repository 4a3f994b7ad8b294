import { SERVICE_TYPES } from '@aitbc/coordinator-domain';
import { AppError } from '@aitbc/shared-core';
import { ServiceRegistry } from './service-registry';

const AT = '/payload/service_request';
const registry = new ServiceRegistry();
const pointersOf = (type: string, request: Record<string, unknown>) =>
  registry.faultsOf(type, request, AT, '/payload/service_type').map(({ pointer }) => pointer);

const good: Record<string, Record<string, unknown>> = {
  text_analysis: { text: 'a fine day', tasks: ['sentiment', 'language'] },
  llm_inference: { model: 'tiny-llm', prompt: 'hello', max_tokens: 4096, temperature: 2, stop_sequences: ['.'] },
  whisper: { audio_url: 'https://example.org/a.wav', model: 'large-v3', beam_size: 10, language: 'en' },
  stable_diffusion: { prompt: 'a boat', size: '768x512', num_images: 4, guidance_scale: 1, seed: 7 },
  ffmpeg: {
    input_url: 'http://example.org/a.mp4',
    output_format: 'webm',
    codec: 'av1',
    crf: 0,
    resolution: '1280x720',
  },
  blender: { blend_file_url: 'https://example.org/a.blend', frame_start: 3, frame_end: 3 },
};

/** For each kind one field beyond each limit of the contract, with the pointer that must name it. */
const bad: [string, string, Record<string, unknown>][] = [
  ['text_analysis', '/tasks/0', { tasks: ['poetry'] }],
  ['text_analysis', '/tasks', { tasks: [] }],
  ['text_analysis', '/text', { text: '' }],
  ['llm_inference', '/prompt', { prompt: 'x'.repeat(10_001) }],
  ['llm_inference', '/max_tokens', { max_tokens: 4_097 }],
  ['llm_inference', '/temperature', { temperature: 2.1 }],
  ['llm_inference', '/stream', { stream: 'yes' }],
  ['whisper', '/audio_url', { audio_url: 'file:///etc/passwd' }],
  ['whisper', '/model', { model: 'huge' }],
  ['whisper', '/beam_size', { beam_size: 11 }],
  ['whisper', '/temperature', { temperature: 1.1 }],
  ['stable_diffusion', '/prompt', { prompt: 'x'.repeat(1_001) }],
  ['stable_diffusion', '/num_images', { num_images: 5 }],
  ['stable_diffusion', '/num_inference_steps', { num_inference_steps: 101 }],
  ['stable_diffusion', '/guidance_scale', { guidance_scale: 0.5 }],
  ['ffmpeg', '/custom_args', { custom_args: '-i /etc/passwd' }],
  ['ffmpeg', '/crf', { crf: 52 }],
  ['ffmpeg', '/fps', { fps: 121 }],
  ['ffmpeg', '/resolution', { resolution: '1280' }],
  ['blender', '/frame_end', { frame_end: 2 }],
  ['blender', '/samples', { samples: 0 }],
];

describe('service registry', () => {
  it('describes every kind with a schema that refuses unknown fields', () => {
    expect(registry.kinds().map(({ type }) => type)).toEqual([...SERVICE_TYPES]);
    for (const type of SERVICE_TYPES) expect(registry.schemaOf(type)).toMatchObject({ additionalProperties: false });
  });

  it.each(SERVICE_TYPES)('accepts a good request for %s', (type) => {
    expect(pointersOf(type, good[type] ?? {})).toEqual([]);
  });

  it.each(bad)('%s: refuses a bad %s (case %#)', (type, field, change) => {
    expect(pointersOf(type, { ...good[type], ...change })).toEqual([`${AT}${field}`]);
  });

  it('names every missing field', () => {
    expect(pointersOf('llm_inference', {})).toEqual([`${AT}/model`, `${AT}/prompt`]);
  });

  it('refuses an unknown kind at the type', () => {
    const asking = () => registry.faultsOf('mining', {}, AT, '/payload/service_type');
    expect(asking).toThrow(AppError);
    expect(asking).toThrow(
      expect.objectContaining({ fields: [expect.objectContaining({ pointer: '/payload/service_type' })] }),
    );
  });
});
