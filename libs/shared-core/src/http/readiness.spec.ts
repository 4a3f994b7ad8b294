import { readinessMetric } from './readiness';
import { ServiceState } from './service-state';

describe('the metric of readiness', () => {
  const valueOf = async (state: ServiceState, readiness: () => Promise<void>) => {
    const [sample] = await readinessMetric({ state, readiness }).collect();
    return sample?.value;
  };
  const answers = () => Promise.resolve();
  const fails = () => Promise.reject(new Error('no database'));

  it('is 1 while the process serves, and 0 before and after', async () => {
    const state = new ServiceState();
    expect(await valueOf(state, answers)).toBe(0);
    state.markReady();
    expect(await valueOf(state, answers)).toBe(1);
    state.startDraining();
    expect(await valueOf(state, answers)).toBe(0);
  });

  it('is 0 while what it depends on does not answer', async () => {
    const state = new ServiceState();
    state.markReady();
    expect(await valueOf(state, fails)).toBe(0);
  });
});
