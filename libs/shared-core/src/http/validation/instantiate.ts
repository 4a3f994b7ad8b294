// An ambient module cannot be imported; the reference takes it along into every project that compiles this file.
// eslint-disable-next-line @typescript-eslint/triple-slash-reference
/// <reference path="./class-transformer-storage.d.ts" />
import 'reflect-metadata';
import { TransformationType, type TransformFnParams } from 'class-transformer';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage';
import { FieldError } from '../../errors/app-error';
import { pointerInto } from '../../errors/json-pointer';
import { recordRuleOf } from './record-of';

export type Constructor<T extends object = object> = new () => T;

/** A DTO made of a JSON value, with what its shape already shows to be wrong. */
export interface Instance {
  readonly value: unknown;
  /** DTOs that class-validator does not reach from outside, with their pointers: the root and the entries of records. */
  readonly roots: readonly { readonly pointer: string; readonly dto: object }[];
  readonly errors: readonly FieldError[];
}

/**
 * Makes DTOs of parsed JSON by class-transformer's `@Type` and `@Transform`. Its own `plainToInstance` also walks free
 * JSON (an execution's `inputs`), where it drops members called `toString` and calls what is found under `constructor`
 * as a constructor, so a body could crash the handler. Here only declared DTOs are walked; the rest is kept as it came.
 */
export function instantiate(type: Constructor, plain: unknown): Instance {
  const build = new Build();
  const value = build.root(type, plain, '');
  return { value, roots: build.roots, errors: build.errors };
}

export function isJsonObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

class Build {
  readonly roots: { pointer: string; dto: object }[] = [];
  readonly errors: FieldError[] = [];

  /** A DTO that is validated by itself; a value that is no object is refused. */
  root(type: Constructor, plain: unknown, pointer: string): unknown {
    if (!isJsonObject(plain)) {
      this.errors.push({ pointer, message: 'must be an object' });
      return plain;
    }
    const dto = this.dto(type, plain, pointer);
    this.roots.push({ pointer, dto });
    return dto;
  }

  private dto(type: Constructor, plain: Record<string, unknown>, pointer: string): object {
    const dto = new type();
    for (const [key, value] of Object.entries(plain)) {
      const at = pointerInto(pointer, key);
      // Such a member would shadow what validators call on the instance.
      if (key in Object.prototype) this.errors.push({ pointer: at, message: 'is not a known field' });
      else Reflect.set(dto, key, this.member(type, dto, key, value, at));
    }
    this.applyTransforms(type, dto, plain);
    return dto;
  }

  private member(type: Constructor, dto: object, key: string, value: unknown, pointer: string): unknown {
    const rule = recordRuleOf(dto, key);
    if (rule) return isJsonObject(value) ? this.record(rule.type(), value, pointer) : value;
    const nested = nestedTypeOf(type, dto, key, value);
    if (!nested) return value;
    const declared: unknown = Reflect.getMetadata('design:type', dto, key);
    if (declared === Array) return this.list(nested, value, pointer);
    if (Array.isArray(value) && declared !== Object) this.errors.push({ pointer, message: 'must be an object' });
    return isJsonObject(value) ? this.dto(nested, value, pointer) : value;
  }

  private list(type: Constructor, value: unknown, pointer: string): unknown {
    if (Array.isArray(value)) {
      return value.map((item: unknown, index) =>
        isJsonObject(item) ? this.dto(type, item, pointerInto(pointer, index)) : item,
      );
    }
    // class-validator would take a single object for a list of one.
    if (isJsonObject(value)) this.errors.push({ pointer, message: 'must be an array' });
    return value;
  }

  private record(type: Constructor, value: Record<string, unknown>, pointer: string): unknown {
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) => [key, this.root(type, entry, pointerInto(pointer, key))]),
    );
  }

  private applyTransforms(type: Constructor, dto: object, plain: Record<string, unknown>): void {
    for (const key of Object.keys(plain)) {
      for (const { transformFn } of defaultMetadataStorage.findTransformMetadatas(
        type,
        key,
        TransformationType.PLAIN_TO_CLASS,
      )) {
        const params: TransformFnParams = {
          value: Reflect.get(dto, key) as unknown,
          key,
          obj: plain,
          type: TransformationType.PLAIN_TO_CLASS,
          options: {},
        };
        Reflect.set(dto, key, transformFn(params) as unknown);
      }
    }
  }
}

function nestedTypeOf(type: Constructor, dto: object, key: string, value: unknown): Constructor | undefined {
  const metadata = defaultMetadataStorage.findTypeMetadata(type, key);
  if (!metadata) return undefined;
  return metadata.typeFunction({ newObject: dto, object: { [key]: value }, property: key }) as Constructor;
}
