import Ajv2020, { type ErrorObject, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { BadJobRequest, type ServiceRequest } from './executor';

const MAX_MESSAGES = 5;

/** Checks requests of one kind against its JSON Schema (2020-12) and fills in the schema's defaults. */
export class RequestSchema<T> {
  private readonly validate: ValidateFunction<T>;

  /** @throws Error when the schema itself is not valid. */
  constructor(schema: object) {
    const ajv = new Ajv2020({
      allErrors: true,
      useDefaults: true,
      strict: true,
      strictRequired: false,
      allowUnionTypes: true,
    });
    addFormats(ajv);
    this.validate = ajv.compile<T>(schema);
  }

  /** @throws BadJobRequest naming each bad field by its JSON Pointer. */
  parse(request: ServiceRequest): T {
    // The defaults are written into what is validated; the caller's request stays as it came.
    const copy: unknown = structuredClone(request);
    if (this.validate(copy)) return copy;
    throw new BadJobRequest(`not valid: ${describe(this.validate.errors ?? [])}`);
  }
}

function describe(errors: readonly ErrorObject[]): string {
  const messages = errors.slice(0, MAX_MESSAGES).map((error) => `${error.instancePath || '/'} ${error.message ?? ''}`);
  return messages.join('; ');
}
