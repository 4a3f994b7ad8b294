import Ajv2020 from 'ajv/dist/2020';
import { jobRequirements } from '@aitbc/coordinator-domain';
import { validateDto } from '@aitbc/shared-core';
import { CONSTRAINTS_SCHEMA } from './constraints-schema';
import { JobConstraintsDto } from './job.dto';

const accepts = new Ajv2020({ strict: false }).compile<object>(CONSTRAINTS_SCHEMA);
const ALL = { gpu: 'RTX 4090', cuda: '12.4', min_vram_gb: 24, models: ['tiny'], region: 'eu', max_price: 0.5 };

describe('the schema of what a job may demand', () => {
  it('knows each demand, and describes it', () => {
    const properties = Object.entries(CONSTRAINTS_SCHEMA['properties'] as Record<string, { description?: string }>);
    expect(properties.map(([name]) => name).sort()).toEqual(Object.keys(ALL).sort());
    expect(properties.filter(([, { description = '' }]) => description === '')).toEqual([]);
    expect(accepts(ALL)).toBe(true);
  });

  it('knows none that is not matched', () => {
    const matched: Partial<typeof ALL> = { ...ALL };
    delete matched.max_price;
    const needs = Object.values(jobRequirements(matched));
    expect(needs).not.toContain(null);
    expect(needs).toHaveLength(Object.keys(matched).length);
  });

  it.each([
    {},
    { gpu: '' },
    { cuda: '12' },
    { cuda: 'x' },
    { min_vram_gb: -1 },
    { min_vram_gb: '8' },
    { models: 'tiny' },
    { models: [''] },
    { models: ['a'] },
    { region: 5 },
    { max_price: -1 },
    { disk_gb: 5 },
  ])('accepts what the API accepts: %j', (constraints) => {
    let accepted = true;
    try {
      validateDto(JobConstraintsDto, constraints);
    } catch {
      accepted = false;
    }
    expect(accepts(constraints)).toBe(accepted);
  });
});
