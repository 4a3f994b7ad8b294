import type { AgentCounts, AgentDirectory, AgentSummary, ReceiptPage, ReceiptPageRequest } from '@aitbc/contracts';
import { AppError, type Logger, type MetricsSource, OutageLog, setAnswerHeader } from '@aitbc/shared-core';

export interface FallbackAgentDirectoryDeps {
  /** The agent service. */
  readonly service: AgentDirectory;
  /** The database that both services share. */
  readonly database: AgentDirectory;
  readonly logger: Logger;
}

/** Tells the caller of the API that the agent service did not answer and the shared database was read instead. */
const DATA_SOURCE_HEADER = 'X-Data-Source';
const SHARED_DATABASE = 'shared-db';

/**
 * Asks the agent service, and reads the shared database itself while that service is away. An answer that came from there
 * is marked with `X-Data-Source: shared-db`.
 */
export class FallbackAgentDirectory implements AgentDirectory {
  private readonly outage: OutageLog;
  private fallbacks = 0;
  /** For `/metrics`. */
  readonly metrics: readonly MetricsSource[] = [
    {
      name: 'aitbc_agent_directory_fallbacks_total',
      help: 'Questions about agents that the shared database answered, since the agent service did not.',
      kind: 'counter',
      collect: () => [{ value: this.fallbacks }],
    },
  ];

  constructor(private readonly deps: FallbackAgentDirectoryDeps) {
    this.outage = new OutageLog(deps.logger, {
      what: 'the agent service',
      meanwhile: 'the shared database is asked about agents',
      name: 'agent_service',
    });
  }

  find(agentId: string): Promise<AgentSummary | undefined> {
    return this.ask((directory) => directory.find(agentId));
  }

  counts(): Promise<AgentCounts> {
    return this.ask((directory) => directory.counts());
  }

  receipts(page: ReceiptPageRequest): Promise<ReceiptPage> {
    return this.ask((directory) => directory.receipts(page));
  }

  private async ask<T>(question: (directory: AgentDirectory) => Promise<T>): Promise<T> {
    try {
      const answer = await question(this.deps.service);
      this.outage.succeeded();
      return answer;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'dependency_unavailable') throw error;
      this.outage.failed(error);
      const answer = await question(this.deps.database);
      this.fallbacks += 1;
      setAnswerHeader(DATA_SOURCE_HEADER, SHARED_DATABASE);
      return answer;
    }
  }
}
