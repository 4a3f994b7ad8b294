import { type TypedApi, typedApi } from '@aitbc/shared-core';
import type { components, paths } from './generated/coordinator-api';

/** Bodies and answers by the names that the OpenAPI document gives them. */
export type Schemas = components['schemas'];

export type CoordinatorApi = TypedApi<paths>;
export const coordinatorApi = typedApi<paths>;
