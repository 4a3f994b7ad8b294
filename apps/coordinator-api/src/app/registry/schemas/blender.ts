import type { FieldError } from '@aitbc/shared-core';
import { flag, httpUrl, integer, oneOf, serviceKind } from './service-kind';

export const blender = serviceKind(
  {
    type: 'blender',
    name: 'Blender',
    description: 'Renders frames of a Blender file.',
    check: framesInOrder,
  },
  ['blend_file_url'],
  {
    blend_file_url: httpUrl(),
    engine: oneOf(['cycles', 'eevee', 'workbench'], 'cycles'),
    format: oneOf(['png', 'jpg', 'exr', 'mp4'], 'png'),
    resolution_x: integer(1, 8_192, 1_920),
    resolution_y: integer(1, 8_192, 1_080),
    resolution_percentage: integer(1, 100, 100),
    samples: integer(1, 10_000, 128),
    frame_start: integer(1, 1_000_000, 1),
    frame_end: integer(1, 1_000_000, 1),
    denoise: flag(true),
    transparent: flag(false),
  },
);

/** A missing bound counts as its default, 1. */
function framesInOrder({
  frame_start: start = 1,
  frame_end: end = 1,
}: Readonly<Record<string, unknown>>): FieldError[] {
  const inOrder = typeof start === 'number' && typeof end === 'number' && start <= end;
  return inOrder ? [] : [{ pointer: '/frame_end', message: 'must not be less than frame_start' }];
}
