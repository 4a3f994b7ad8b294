import { ValidateBy } from 'class-validator';

/** A JSON value whose text in UTF-8 has at most `max` bytes. */
export function MaxJsonBytes(max: number): PropertyDecorator {
  return ValidateBy({
    name: 'maxJsonBytes',
    constraints: [max],
    validator: {
      validate: (value: unknown) => Buffer.byteLength(JSON.stringify(value) ?? '') <= max,
      defaultMessage: () => `must be at most ${max} bytes of JSON`,
    },
  });
}
