import type { JobConstraints } from '@aitbc/contracts';

/** A job's constraints in the form that the matching statement compares: whole numbers, `null` for "does not matter". */
export interface JobRequirements {
  readonly gpu: string | null;
  /** See {@link cudaNumber}. */
  readonly cuda: number | null;
  /** Memory of one GPU in MiB. */
  readonly vramMb: number | null;
  readonly models: string[] | null;
  readonly region: string | null;
}

/** `major.minor` with at most two digits of minor. */
export const CUDA_VERSION = /^\d{1,3}(\.\d{1,2})?$/;

/**
 * A CUDA version as a number that compares as versions do: `12.4` is 1204, `12` is 1200 and `9.2` is less than both.
 * @throws RangeError when the text is not a version; callers validate it with {@link CUDA_VERSION} first.
 */
export function cudaNumber(version: string): number {
  if (!CUDA_VERSION.test(version)) throw new RangeError(`not a CUDA version: ${version}`);
  const [major = '0', minor = '0'] = version.split('.');
  return Number(major) * 100 + Number(minor);
}

/**
 * The constraints that concern the miner's equipment; the price is compared apart from them, in units.
 * @param model the model that the request itself names: a miner without it could only refuse the job
 */
export function jobRequirements(constraints: JobConstraints, model?: string): JobRequirements {
  const { gpu, cuda, min_vram_gb: vramGb, models = [], region } = constraints;
  const wanted = [...new Set(model === undefined ? models : [...models, model])];
  return {
    gpu: gpu ?? null,
    cuda: cuda === undefined ? null : cudaNumber(cuda),
    vramMb: vramGb === undefined ? null : Math.ceil(vramGb * 1024),
    models: wanted.length > 0 ? wanted : null,
    region: region ?? null,
  };
}
