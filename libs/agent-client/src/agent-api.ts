import { type TypedApi, typedApi } from '@aitbc/shared-core';
import type { components, paths } from './generated/agent-api';

/** Bodies and answers by the names that the OpenAPI document gives them. */
export type Schemas = components['schemas'];

export type AgentApi = TypedApi<paths>;
export const agentApi = typedApi<paths>;
