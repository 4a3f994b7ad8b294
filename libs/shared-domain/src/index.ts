import { Agent, AgentCapability } from './agents/agent.entity';
import {
  AgentExecution,
  AgentStepExecution,
  ExecutionEvent,
  ExecutionFeed,
  ExecutionReceipt,
  ExecutionSignal,
} from './executions/execution.entity';
import { AgentContext1780000000000 } from './migrations/1780000000000-agent-context';
import { ExecutionControl1780000004000 } from './migrations/1780000004000-execution-control';
import { OpenWaits1780000005000 } from './migrations/1780000005000-open-waits';
import { EventFeed1780000006000 } from './migrations/1780000006000-event-feed';
import { Webhooks1780000007000 } from './migrations/1780000007000-webhooks';
import { ExecutionTraces1780000009000 } from './migrations/1780000009000-execution-traces';
import { StepCharges1780000010000 } from './migrations/1780000010000-step-charges';
import { AgentNetwork } from './networks/network.entity';
import { Webhook, WebhookDelivery, WebhookFeed, WebhookLane } from './webhooks/webhook.entity';
import { AgentStep, AIAgentWorkflow, AIAgentWorkflowTag, AIAgentWorkflowVersion } from './workflows/workflow.entity';

export * from './agents/agent.entity';
export * from './agents/agent.enums';
export * from './columns/checks';
export * from './columns/columns';
export * from './executions/execution.entity';
export * from './executions/execution.enums';
export * from './executions/failure-catalogue';
export * from './executions/step-charge';
export * from './json';
export * as migrationColumns from './migrations/columns';
export * from './migrations/table-migration';
export * from './networks/network.entity';
export * from './times/next-update';
export * from './webhooks/webhook.entity';
export * from './workflows/step-graph';
export * from './workflows/workflow.entity';
export * from './workflows/step-specification';
export * from './workflows/workflow.enums';

/** Every entity of the agent context, for `new DataSource({ entities })`. */
export const agentContextEntities = [
  Agent,
  AgentCapability,
  AIAgentWorkflow,
  AIAgentWorkflowTag,
  AIAgentWorkflowVersion,
  AgentStep,
  AgentExecution,
  AgentStepExecution,
  ExecutionEvent,
  ExecutionFeed,
  ExecutionReceipt,
  ExecutionSignal,
  AgentNetwork,
  Webhook,
  WebhookDelivery,
  WebhookLane,
  WebhookFeed,
];

/** The migrations that make its tables, oldest first. */
export const agentContextMigrations = [
  AgentContext1780000000000,
  ExecutionControl1780000004000,
  OpenWaits1780000005000,
  EventFeed1780000006000,
  Webhooks1780000007000,
  ExecutionTraces1780000009000,
  StepCharges1780000010000,
];
