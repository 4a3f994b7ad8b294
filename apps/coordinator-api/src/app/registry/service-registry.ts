import type { ServiceType } from '@aitbc/coordinator-domain';
import { AppError, type FieldError, notFound, pointerTo } from '@aitbc/shared-core';
import Ajv2020, { type ErrorObject, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { blender } from './schemas/blender';
import { ffmpeg } from './schemas/ffmpeg';
import { llmInference } from './schemas/llm-inference';
import { RequestSchema, ServiceKind } from './schemas/service-kind';
import { stableDiffusion } from './schemas/stable-diffusion';
import { textAnalysis } from './schemas/text-analysis';
import { whisper } from './schemas/whisper';

const KINDS: Readonly<Record<ServiceType, ServiceKind>> = {
  text_analysis: textAnalysis,
  llm_inference: llmInference,
  whisper,
  stable_diffusion: stableDiffusion,
  ffmpeg,
  blender,
};

/** The kinds of jobs and their JSON Schemas. The schemas are ours, so they are compiled and run in this process. */
export class ServiceRegistry {
  private readonly validators = new Map<string, ValidateFunction>();

  constructor() {
    const ajv = new Ajv2020({ allErrors: true, strict: true });
    addFormats(ajv);
    for (const kind of this.kinds()) this.validators.set(kind.type, ajv.compile(kind.schema));
  }

  kinds(): ServiceKind[] {
    return Object.values(KINDS);
  }

  /** @throws AppError `not_found` */
  schemaOf(type: string): RequestSchema {
    const kind = this.find(type);
    if (!kind) throw notFound('service', type);
    return kind.schema;
  }

  /**
   * Every fault of a request, with pointers that start at `at`: a JSON Pointer to the request in the caller's body.
   * @throws AppError `validation_failed` when there is no such kind; its pointer is `typeAt`.
   */
  faultsOf(type: string, request: Readonly<Record<string, unknown>>, at: string, typeAt: string): FieldError[] {
    const kind = this.find(type);
    const validate = this.validators.get(type);
    if (!kind || !validate) throw unknownKind(type, typeAt, this.kinds());
    const faults = validate(request) ? (kind.check?.(request) ?? []) : (validate.errors ?? []).map(faultOf);
    return onePerField(faults).map(({ pointer, message }) => ({ pointer: at + pointer, message }));
  }

  private find(type: string): ServiceKind | undefined {
    return this.kinds().find((kind) => kind.type === type);
  }
}

function unknownKind(type: string, pointer: string, kinds: readonly ServiceKind[]): AppError {
  const message = `must be one of ${kinds.map((kind) => kind.type).join(', ')}`;
  return new AppError('validation_failed', `there is no service '${type}'`, { fields: [{ pointer, message }] });
}

/** Points at the field itself where Ajv points at the object that lacks it, or has it too much. */
function faultOf({ instancePath, keyword, params, message }: ErrorObject): FieldError {
  const { missingProperty, additionalProperty, allowedValues } = params as Record<string, unknown>;
  if (keyword === 'required') {
    return { pointer: instancePath + pointerTo([String(missingProperty)]), message: 'is required' };
  }
  if (keyword === 'additionalProperties') {
    return { pointer: instancePath + pointerTo([String(additionalProperty)]), message: 'is not a known field' };
  }
  const values = Array.isArray(allowedValues) ? `: ${allowedValues.join(', ')}` : '';
  return { pointer: instancePath, message: `${message ?? 'is not valid'}${values}` };
}

/** A field that breaks several rules is named once, with the first of them. */
function onePerField(faults: readonly FieldError[]): FieldError[] {
  return [...new Map(faults.toReversed().map((fault) => [fault.pointer, fault])).values()].reverse();
}
