/** Upper bounds of what a workflow may contain. Times are in the unit that their name ends in. */
export const MAX_STEPS = 200;
export const STEP_ID_PATTERN = /^[a-z][a-z0-9_]{0,63}$/;
export const MAX_DESCRIPTION_LENGTH = 5_000;
export const MAX_TAGS = 20;
export const MAX_TAG_LENGTH = 50;
export const MAX_EXECUTION_SECONDS = 604_800;
export const MAX_RETRIES = 100;
export const MAX_RETRY_INTERVAL_MS = 86_400_000;
export const MAX_BACKOFF_COEFFICIENT = 100;
export const MAX_NON_RETRYABLE_ERRORS = 50;
/** Characters of one expression. */
export const MAX_EXPRESSION_LENGTH = 10_000;
/** Keys of `outputs` and of one mapping. */
export const MAX_MAPPING_KEYS = 100;
/** Bytes of `config`, `model_requirements`, `input_mappings` and `output_mappings`, each, as JSON in UTF-8. */
export const MAX_STEP_JSON_BYTES = 65_536;

/** How a step of type `inference` or `training` gets its work done. */
export const MODEL_PROVIDERS = ['coordinator', 'openai'] as const;
export type ModelProvider = (typeof MODEL_PROVIDERS)[number];
export const DEFAULT_MODEL_PROVIDER: ModelProvider = 'coordinator';
/** The kind of coordinator job that an inference step submits when `config.service_type` names none. */
export const DEFAULT_INFERENCE_SERVICE = 'llm_inference';
