import { type TypedApi, typedApi } from '@aitbc/shared-core';
import type { components, operations, paths } from './generated/agent-api';

/** Bodies and answers by the names that the OpenAPI document gives them. */
export type Schemas = components['schemas'];

/** Operations by their ids; `Operations['listAgents']['parameters']['query']` is what a list can be asked for. */
export type Operations = operations;

export type AgentApi = TypedApi<paths>;
export const agentApi = typedApi<paths>;
