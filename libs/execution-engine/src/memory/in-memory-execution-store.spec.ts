import { describeExecutionStore } from '../testing';
import { InMemoryExecutionStore } from './in-memory-execution-store';

describeExecutionStore('the in-memory store', () => {
  const store = new InMemoryExecutionStore();
  return Promise.resolve({ store, events: (id) => Promise.resolve(store.events(id)) });
});
