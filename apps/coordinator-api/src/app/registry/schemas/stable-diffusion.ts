import { decimal, httpUrl, integer, serviceKind, text } from './service-kind';

export const stableDiffusion = serviceKind(
  {
    type: 'stable_diffusion',
    name: 'Stable Diffusion',
    description: 'Makes images from a prompt, or from an image and a prompt.',
  },
  ['prompt'],
  {
    prompt: text(1_000),
    negative_prompt: text(1_000, 0),
    model: text(200),
    size: { type: 'string', pattern: '^[1-9][0-9]{1,3}x[1-9][0-9]{1,3}$', default: '512x512' },
    num_images: integer(1, 4, 1),
    num_inference_steps: integer(1, 100, 30),
    guidance_scale: decimal(1, 20, 7.5),
    seed: integer(0, 4_294_967_295),
    init_image_url: httpUrl(),
    strength: decimal(0, 1),
  },
);
