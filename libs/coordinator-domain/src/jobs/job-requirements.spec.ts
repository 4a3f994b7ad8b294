import { cudaNumber, jobRequirements } from './job-requirements';

describe('job requirements', () => {
  it('order CUDA versions by major, then by minor as a number', () => {
    const versions = ['9.2', '11.8', '12', '12.1', '12.4', '12.10', '13.0'];
    const numbers = versions.map(cudaNumber);
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    expect(new Set(numbers).size).toBe(versions.length);
  });

  it.each(['', '12.', '12.123', 'v12', '12.4.1'])('refuse %p as a CUDA version', (version) => {
    expect(() => cudaNumber(version)).toThrow(RangeError);
  });

  it('turn GiB into whole MiB, upwards', () => {
    expect(jobRequirements({ min_vram_gb: 0.5 }).vramMb).toBe(512);
    expect(jobRequirements({ min_vram_gb: 7.9999 }).vramMb).toBe(8192);
  });

  it('name the model of the request itself, once', () => {
    expect(jobRequirements({ models: ['a'] }, 'b').models).toEqual(['a', 'b']);
    expect(jobRequirements({ models: ['a'] }, 'a').models).toEqual(['a']);
    expect(jobRequirements({}, 'a').models).toEqual(['a']);
  });

  it('leave open what no constraint names, an empty list of models included', () => {
    const open = { gpu: null, cuda: null, vramMb: null, models: null, region: null };
    expect(jobRequirements({})).toEqual(open);
    expect(jobRequirements({ models: [] })).toEqual(open);
  });
});
