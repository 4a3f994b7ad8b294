import { importOf, paths } from './rule-cases';
import type { RuleCase } from './rule-cases';

type Verdict = (at: string, module: string) => RuleCase;

/** What a file of an application's `src` imports, and whether it may. */
function inApplication(name: string): { mayImport: Verdict; mayNotImport: Verdict } {
  const fixture = (at: string, module: string): Pick<RuleCase, 'at' | 'imagined' | 'text'> => ({
    at: `apps/${name}/src/${at}`,
    imagined: true,
    text: importOf(module),
  });
  return {
    mayImport: (at, module) => ({ ...fixture(at, module), name: `${name}: ${at} may import ${module}` }),
    mayNotImport: (at, module) => ({
      ...fixture(at, module),
      name: `${name}: ${at} may not import ${module}`,
      rule: paths,
      messageId: 'zone',
    }),
  };
}

const agents = inApplication('agent-management');
const coordinator = inApplication('coordinator-api');

const agentCases: readonly RuleCase[] = [
  agents.mayNotImport('app/agents/imagined.service.ts', '../workflows'),
  agents.mayNotImport('app/workflows/imagined.service.ts', '../executions'),
  agents.mayNotImport('app/executions/imagined.service.ts', '../verification'),
  agents.mayNotImport('app/security/imagined.service.ts', '../agents'),
  agents.mayNotImport('app/verification/imagined.service.ts', '../orchestration'),
  agents.mayNotImport('app/marketplace/imagined.service.ts', '../portfolio'),
  agents.mayNotImport('app/agents/imagined.service.ts', '../agent-directory'),
  agents.mayNotImport('app/executions/imagined.service.ts', '../workflows/workflow.repository'),
  agents.mayNotImport('app/executions/imagined.service.ts', '../core'),
  agents.mayNotImport('app/executions/imagined.service.ts', '../core/imagined.config'),
  agents.mayNotImport('app/executions/imagined.service.ts', '../compose.ts'),
  agents.mayNotImport('app/executions/imagined.service.ts', '../openapi.ts'),
  agents.mayNotImport('app/executions/imagined.service.ts', '../../main.ts'),
  agents.mayNotImport('app/imagined-new-feature/imagined.service.ts', '../agents'),
  agents.mayNotImport('app/imagined.ts', './agents'),
  agents.mayNotImport('imagined-worker.ts', './app/executions'),
  agents.mayNotImport('imagined/imagined.ts', '../app/executions'),
  agents.mayNotImport('app/core/imagined.ts', '../agents/agent.repository'),
  agents.mayNotImport('app/compose.ts', './agents/agent.repository'),
  agents.mayNotImport('app/testing/imagined.ts', '../agents/agent.repository'),
  agents.mayImport('app/executions/imagined.service.ts', '../workflows'),
  agents.mayImport('app/executions/imagined.service.ts', '../agents'),
  agents.mayImport('app/executions/imagined.service.ts', './execution.repository'),
  agents.mayImport('app/executions/imagined/imagined.service.ts', '../execution.repository'),
  agents.mayImport('app/executions/imagined.spec.ts', '../testing/imagined.fixture'),
  agents.mayImport('app/verification/imagined.service.ts', '../executions'),
  agents.mayImport('app/orchestration/imagined.service.ts', '../marketplace'),
  agents.mayImport('app/core/imagined.ts', '../agents'),
  agents.mayImport('app/core/imagined.ts', '../compose.ts'),
  agents.mayImport('app/compose.ts', './agents'),
  agents.mayImport('app/compose-worker.ts', './executions'),
  agents.mayImport('app/openapi.ts', './webhooks'),
  agents.mayImport('app/openapi.spec.ts', './webhooks'),
  agents.mayImport('app/testing/imagined.ts', '../executions'),
  agents.mayImport('app/testing/imagined.ts', '../core/imagined.config'),
  agents.mayImport('main.ts', './app/core/imagined.config'),
];

const coordinatorCases: readonly RuleCase[] = [
  coordinator.mayNotImport('app/receipts/imagined.service.ts', '../jobs'),
  coordinator.mayNotImport('app/agent-directory/imagined.service.ts', '../jobs'),
  coordinator.mayNotImport('app/agent-directory/imagined.service.ts', '../registry'),
  coordinator.mayNotImport('app/jobs/imagined.service.ts', '../miners'),
  coordinator.mayNotImport('app/jobs/imagined.service.ts', '../job-client'),
  coordinator.mayNotImport('app/miners/imagined.service.ts', '../admin'),
  coordinator.mayNotImport('app/dashboard/imagined.service.ts', '../admin'),
  coordinator.mayNotImport('app/miners/imagined.service.ts', '../jobs/job.repository'),
  coordinator.mayNotImport('app/jobs/imagined.service.ts', '../core/imagined.config'),
  coordinator.mayNotImport('app/jobs/imagined.service.ts', '../openapi.ts'),
  coordinator.mayNotImport('app/imagined-new-feature/imagined.service.ts', '../jobs'),
  coordinator.mayNotImport('app/imagined.ts', './jobs'),
  coordinator.mayNotImport('app/compose.ts', './jobs'),
  coordinator.mayNotImport('app/core/imagined.ts', '../jobs/job.repository'),
  coordinator.mayNotImport('main.ts', './app/jobs/job.repository'),
  coordinator.mayImport('app/admin/imagined.service.ts', '../jobs'),
  coordinator.mayImport('app/jobs/imagined.service.ts', '../receipts'),
  coordinator.mayImport('app/jobs/imagined.service.ts', '../agent-directory'),
  coordinator.mayImport('app/miners/imagined.service.ts', '../jobs'),
  coordinator.mayImport('app/core/imagined.ts', '../jobs'),
  coordinator.mayImport('app/core/imagined.ts', '../agent-directory'),
  coordinator.mayImport('app/openapi.ts', './jobs'),
  coordinator.mayImport('app/testing/imagined.ts', '../core/imagined.config'),
];

export const featureCases: readonly RuleCase[] = [...agentCases, ...coordinatorCases];
