import { ValidationError, validateSync } from 'class-validator';
import { FieldError, validationFailed } from '../../errors/app-error';
import { pointerInto } from '../../errors/json-pointer';
import { Constructor, instantiate } from './instantiate';

/**
 * A JSON value as a validated DTO. Unknown members, at any depth of the declared DTOs, are refused.
 * @throws AppError `validation_failed` with one entry for each bad field.
 */
export function validateDto<T extends object>(type: Constructor<T>, plain: unknown): T {
  const { value, roots, errors } = instantiate(type, plain);
  const found = new Map(errors.map((error) => [error.pointer, error]));
  for (const { pointer, dto } of roots) {
    for (const error of checkDto(dto, pointer)) {
      if (!found.has(error.pointer)) found.set(error.pointer, error);
    }
  }
  if (found.size > 0) throw validationFailed([...found.values()]);
  return value as T;
}

function checkDto(dto: object, pointer: string): FieldError[] {
  const errors = validateSync(dto, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true });
  return errors.flatMap((error) => flatten(error, pointer));
}

/** class-validator's tree as a flat list: an error of a field itself is one entry, whatever number of rules it breaks. */
function flatten(error: ValidationError, base: string): FieldError[] {
  const pointer = pointerInto(base, error.property);
  const message = Object.entries(error.constraints ?? {})
    .map(([rule, text]) => (rule === 'whitelistValidation' ? 'is not a known field' : text))
    .join('; ');
  const children = (error.children ?? []).flatMap((child) => flatten(child, pointer));
  return message === '' ? children : [{ pointer, message }, ...children];
}
