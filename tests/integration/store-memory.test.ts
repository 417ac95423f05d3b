import { createMemoryStore } from '../../src/server/memory-store';
import { describeStoreContract } from './store-contract';

describeStoreContract('in memory', ({ outboxEvents, outboxBytes }) =>
	Promise.resolve({
		store: createMemoryStore({ events: outboxEvents, bytes: outboxBytes }),
		close: () => Promise.resolve(),
	}),
);
