import { writeFileSync } from 'node:fs';
import type { TestBed } from './test-bed';

/** A request that the coordinator takes for the kind of job that command miners here offer. */
export const COMMAND_JOB = {
  service_type: 'ffmpeg',
  service_request: { input_url: 'https://example.org/a.mp4', output_format: 'mp4' },
};

/** A workflow of one step that is such a job. */
export const COMMAND_WORKFLOW = {
  name: 'One job',
  verification_level: 'full',
  steps: {
    work: {
      name: 'Work of a miner',
      step_type: 'inference',
      config: { service_type: COMMAND_JOB.service_type, parameters: COMMAND_JOB.service_request },
      input_mappings: {},
    },
  },
};

/** Variables of a miner that runs `script` for each such job. */
export function commandMiner(bed: TestBed, id: string, script: string): Record<string, string> {
  const file = bed.folder.file(`${id}.commands.json`);
  const command = {
    kind: COMMAND_JOB.service_type,
    command: 'sh',
    probe_args: ['-c', 'true'],
    args: ['-c', script],
    schema: { type: 'object' },
    stdout: true,
  };
  writeFileSync(file, JSON.stringify({ commands: [command] }));
  return { MINER_COMMANDS_FILE: file };
}
