import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Updates } from './updates.svelte';

class FakeWorker extends EventTarget {
	state = 'installing';
	readonly told: unknown[] = [];
	postMessage = (message: unknown) => void this.told.push(message);

	become(state: string): void {
		this.state = state;
		this.dispatchEvent(new Event('statechange'));
	}
}

class FakeRegistration extends EventTarget {
	active: FakeWorker | null = new FakeWorker();
	installing: FakeWorker | null = null;
	waiting: FakeWorker | null = null;
	update = vi.fn(() => Promise.resolve());
	unregister = vi.fn(() => Promise.resolve(true));

	/** As a browser does when the server has a new version. */
	find(worker: FakeWorker): void {
		this.installing = worker;
		this.dispatchEvent(new Event('updatefound'));
	}

	install(worker: FakeWorker): void {
		this.installing = null;
		this.waiting = worker;
		worker.become('installed');
	}
}

class FakeContainer extends EventTarget {
	controller: FakeWorker | null = new FakeWorker();
	readonly registration = new FakeRegistration();
	register = () => Promise.resolve(this.registration);

	/** As a browser does when the waiting worker takes over. */
	activate(): void {
		this.registration.active = this.registration.waiting;
		this.registration.waiting = null;
		this.dispatchEvent(new Event('controllerchange'));
	}
}

async function started(container = new FakeContainer()) {
	const reload = vi.fn();
	const updates = new Updates(() => ({
		serviceWorker: container as unknown as ServiceWorkerContainer,
		reload,
	}));
	updates.start();
	await vi.advanceTimersByTimeAsync(0);
	return { updates, reload, container, registration: container.registration };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a new version of the app', () => {
	it('is ready once it has been fetched, and reloads nothing by itself', async () => {
		const { updates, reload, registration, container } = await started();
		const worker = new FakeWorker();
		registration.find(worker);
		expect(updates.ready).toBe(false);
		registration.install(worker);
		expect(updates.ready).toBe(true);
		// Another tab has taken it.
		container.dispatchEvent(new Event('controllerchange'));
		await vi.advanceTimersByTimeAsync(60_000);
		expect(reload).not.toHaveBeenCalled();
	});

	it('is no news on the very first visit', async () => {
		const container = new FakeContainer();
		container.controller = null;
		container.registration.active = null;
		const { updates, registration } = await started(container);
		const worker = new FakeWorker();
		registration.find(worker);
		registration.install(worker);
		expect(updates.ready).toBe(false);
	});

	it('takes over, and then the page is loaded again', async () => {
		const { updates, reload, registration, container } = await started();
		const worker = new FakeWorker();
		registration.waiting = worker;
		void updates.take();
		await vi.advanceTimersByTimeAsync(0);
		expect(worker.told).toEqual([{ type: 'take-over' }]);
		expect(reload).not.toHaveBeenCalled();
		container.activate();
		await vi.advanceTimersByTimeAsync(0);
		expect(reload).toHaveBeenCalledOnce();
		expect(registration.unregister).not.toHaveBeenCalled();
	});

	it('is fetched first when the click comes before it', async () => {
		const { updates, reload, registration, container } = await started();
		const worker = new FakeWorker();
		registration.update.mockImplementation(() => {
			registration.find(worker);
			return Promise.resolve();
		});
		void updates.take();
		await vi.advanceTimersByTimeAsync(100);
		expect(worker.told).toEqual([]);
		registration.install(worker);
		await vi.advanceTimersByTimeAsync(0);
		expect(worker.told).toEqual([{ type: 'take-over' }]);
		container.activate();
		await vi.advanceTimersByTimeAsync(0);
		expect(reload).toHaveBeenCalledOnce();
	});

	it('is not announced while it is being taken, and taken once however often somebody clicks', async () => {
		const { updates, reload, registration, container } = await started();
		const worker = new FakeWorker();
		registration.find(worker);
		void updates.take();
		void updates.take();
		await vi.advanceTimersByTimeAsync(0);
		registration.install(worker);
		await vi.advanceTimersByTimeAsync(0);
		expect(updates.ready).toBe(false);
		expect(worker.told).toHaveLength(1);
		container.activate();
		await vi.advanceTimersByTimeAsync(0);
		expect(reload).toHaveBeenCalledOnce();
	});

	it('comes from the server when the old one does not make way', async () => {
		const { updates, reload, registration } = await started();
		registration.waiting = new FakeWorker();
		void updates.take();
		await vi.advanceTimersByTimeAsync(1_000);
		expect(registration.unregister).not.toHaveBeenCalled();
		await vi.advanceTimersByTimeAsync(1_000);
		expect(registration.unregister).toHaveBeenCalledOnce();
		expect(reload).toHaveBeenCalledOnce();
	});

	it('leaves the old one in place when it does not make way and there is no server, or makes way late', async () => {
		const alone = await started();
		alone.registration.waiting = new FakeWorker();
		alone.registration.update.mockImplementation(() => Promise.reject(new TypeError('Failed to fetch')));
		void alone.updates.take();
		await vi.advanceTimersByTimeAsync(2_000);
		expect(alone.reload).toHaveBeenCalledOnce();
		expect(alone.registration.unregister).not.toHaveBeenCalled();

		const late = await started();
		late.registration.waiting = new FakeWorker();
		late.registration.update.mockImplementation(() => Promise.resolve(late.container.activate()));
		void late.updates.take();
		await vi.advanceTimersByTimeAsync(2_000);
		expect(late.reload).toHaveBeenCalledOnce();
		expect(late.registration.unregister).not.toHaveBeenCalled();
	});

	it('never keeps a click waiting for ever: not while it is looked for, not while it takes over', async () => {
		const looking = await started();
		looking.registration.update.mockImplementation(() => new Promise(() => {}));
		void looking.updates.take();
		await vi.advanceTimersByTimeAsync(15_000);
		expect(looking.reload).toHaveBeenCalledOnce();

		const taking = await started();
		taking.registration.waiting = new FakeWorker();
		taking.registration.update.mockImplementation(() => new Promise(() => {}));
		void taking.updates.take();
		await vi.advanceTimersByTimeAsync(7_000);
		expect(taking.reload).toHaveBeenCalledOnce();
	});

	it('is a reload and no more where there are no service workers', async () => {
		const reload = vi.fn();
		await new Updates(() => ({ serviceWorker: undefined, reload })).take();
		expect(reload).toHaveBeenCalledOnce();
	});
});

describe('a version that the server has no more', () => {
	it('is found out by asking, at the end of a call as well where nothing is kept, and stays found out', async () => {
		const answers = [false, true, false];
		const ask = vi.fn(() => Promise.resolve(answers.shift() ?? false));
		const updates = new Updates(() => ({ serviceWorker: undefined, reload: () => {} }), ask);
		expect(await updates.isReplaced()).toBe(false);
		updates.check();
		await vi.advanceTimersByTimeAsync(0);
		expect(updates.replaced).toBe(true);
		// The server is away just then.
		expect(await updates.isReplaced()).toBe(true);
		expect(ask).toHaveBeenCalledTimes(3);
	});
});
