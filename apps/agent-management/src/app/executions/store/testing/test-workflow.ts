import type { Database } from '@aitbc/shared-core';
import { AIAgentWorkflow, AIAgentWorkflowVersion } from '@aitbc/shared-domain';

/** A workflow version without steps, for rows that must refer to one. */
export async function insertTestWorkflow(db: Database, id: string, version: number): Promise<void> {
  const now = Date.now();
  await db.write(async (manager) => {
    await manager.insert(AIAgentWorkflow, {
      id,
      ownerId: 'owner',
      isPublic: false,
      currentVersion: version,
      createdAt: now,
      updatedAt: now,
      deletedAt: null,
    });
    await manager.insert(AIAgentWorkflowVersion, {
      workflowId: id,
      version,
      name: id,
      description: null,
      tags: [],
      dependencies: {},
      outputs: null,
      maxExecutionTime: 3600,
      maxCostBudget: 0,
      requiresVerification: true,
      verificationLevel: 'basic',
      workflowHash: '0'.repeat(64),
      createdAt: now,
    });
  });
}
