import { IsJsonObject } from '@aitbc/shared-core';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsOptional,
  IsString,
  IsUrl,
  Length,
  Matches,
  MaxLength,
  ValidateIf,
} from 'class-validator';
import { MaxJsonBytes } from './max-json-bytes';

const MAX_CAPABILITIES = 50;
const MAX_METADATA_BYTES = 16_384;
const ENDPOINT = { protocols: ['http', 'https'], require_protocol: true, require_tld: false };

/** Unlike `IsOptional`, which lets `null` through as well. */
export function IfPresent(): PropertyDecorator {
  return ValidateIf((_dto, value: unknown) => value !== undefined);
}

/** Text without control characters, NUL among them, which PostgreSQL cannot keep. */
export function PlainText(min: number, max: number, options: { readonly each?: boolean } = {}): PropertyDecorator {
  const message = 'must be without control characters';
  return all(IsString(options), Length(min, max, options), Matches(/^\P{Cc}*$/u, { ...options, message }));
}

/** 1..100 characters, or `null` for none. */
export function AgentName(): PropertyDecorator {
  return all(IsOptional(), PlainText(1, 100));
}

/** At most 50 different names of 1..100 characters. */
export function Capabilities(): PropertyDecorator {
  return all(IsArray(), ArrayMaxSize(MAX_CAPABILITIES), ArrayUnique(), PlainText(1, 100, { each: true }));
}

/** An http or https URL, or `null` for none. */
export function EndpointUrl(): PropertyDecorator {
  return all(IsOptional(), MaxLength(2048), IsUrl(ENDPOINT, { message: 'must be an http or https URL' }));
}

/** An object of at most 16 KiB of JSON. */
export function SmallJsonObject(): PropertyDecorator {
  return all(IsJsonObject(), MaxJsonBytes(MAX_METADATA_BYTES));
}

function all(...decorators: readonly PropertyDecorator[]): PropertyDecorator {
  return (target, property) => decorators.forEach((decorate) => decorate(target, property));
}
