import type { ErrorObject, ValidateFunction } from 'ajv';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { sanitiseMessage } from '../../sandbox-error';
import { ItemReply, MAX_SCHEMA_ERRORS, SchemaVerdict } from '../protocol';
import { SizedCache } from './sized-cache';

type Schema = object | boolean;

/**
 * Checks values against users' schemas. Ajv turns a schema into code and runs the schema's own regular expressions,
 * which is why it lives in the child.
 */
export class SchemaValidator {
  private readonly metaSchema = new Ajv2020({ strict: false, logger: false });
  private readonly compiled = new SizedCache<ValidateFunction>(128 * 1024, 16 * 1024);

  /** `{ok: SchemaVerdict}`, or `{error}` when the schema itself is no good. */
  validate(schema: unknown, value: unknown): ItemReply {
    let check: ValidateFunction;
    try {
      check = this.compiled.get(JSON.stringify(schema), () => this.compile(schema));
    } catch (thrown) {
      const message = thrown instanceof Error ? thrown.message : undefined;
      return { error: { code: 'schema_invalid', message: sanitiseMessage(message) } };
    }
    return { ok: verdict(check(value), check.errors ?? []) };
  }

  private compile(schema: unknown): ValidateFunction {
    if (!isSchema(schema)) throw new Error('a schema is an object or a boolean');
    if (this.metaSchema.validateSchema(schema) !== true)
      throw new Error(this.metaSchema.errorsText(undefined, { dataVar: 'schema' }));
    // An instance of its own for each schema: in a shared one an `$id` would be taken for all later schemas, and a
    // `$ref` could reach another owner's schema. Without `loadSchema` nothing remote is ever fetched.
    const ajv = new Ajv2020({
      strict: false,
      logger: false,
      validateSchema: false,
      allErrors: true,
      ownProperties: true,
    });
    addFormats(ajv);
    const check = ajv.compile(schema);
    if ('$async' in check) throw new Error('"$async" schemas are not supported');
    return check;
  }
}

function isSchema(schema: unknown): schema is Schema {
  return typeof schema === 'boolean' || (typeof schema === 'object' && schema !== null && !Array.isArray(schema));
}

function verdict(valid: boolean, errors: readonly ErrorObject[]): SchemaVerdict {
  return {
    valid,
    errors: errors.slice(0, MAX_SCHEMA_ERRORS).map(({ instancePath, message }) => ({
      pointer: instancePath.slice(0, 1_000),
      message: sanitiseMessage(message),
    })),
  };
}
