import { describedDtoSchema, type JsonSchema } from '@aitbc/shared-core';
import descriptions from '../field-descriptions.json';
import { JobConstraintsDto } from './job.dto';

/**
 * What a job of any kind may demand of the miner that gets it, as a JSON Schema: made of the rules by which `POST /jobs`
 * checks `constraints`, all of which the claiming statement honours. A `model` that the request names is demanded besides.
 */
export const CONSTRAINTS_SCHEMA: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:aitbc:job-constraints',
  title: 'What a miner must have to get the job',
  ...describedDtoSchema(JobConstraintsDto, descriptions),
};
