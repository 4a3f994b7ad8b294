export const STEP_TYPES = ['inference', 'training', 'data_processing', 'verification', 'custom'] as const;
export type StepType = (typeof STEP_TYPES)[number];

export const VERIFICATION_LEVELS = ['basic', 'full', 'zero-knowledge'] as const;
export type VerificationLevel = (typeof VERIFICATION_LEVELS)[number];
