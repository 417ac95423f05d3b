/**
 * New versions of the app. The service worker fetches one in the background; this announces it, and switches to it when the person says so. Never
 * before: a page is reloaded only by a click on that page.
 */
interface Surroundings {
	/** Absent if the browser has no service workers, or denies them to this page. */
	serviceWorker: ServiceWorkerContainer | undefined;
	reload(): void;
}

const script = '/service-worker.js';
/** How often an open page checks for a new version. */
const checkIntervalMs = 30 * 60_000;
/** How long a click may wait for each step: fetching a new version, its taking over, letting go of the old one, and an answer of the server. */
const patienceMs = { fetch: 10_000, takeOver: 2_000, letGo: 4_000, ask: 3_000 };

export class Updates {
	readonly #surroundings: () => Surroundings;
	#registration: ServiceWorkerRegistration | null = null;
	#ready = $state(false);
	#declined = $state(false);
	#replaced = $state(false);
	#taking = false;
	readonly #serverHasAnother: () => Promise<boolean>;

	/** `serverHasAnother` asks the server, and gives false if it does not answer. */
	constructor(
		surroundings: () => Surroundings = browserSurroundings,
		serverHasAnother: () => Promise<boolean> = () => Promise.resolve(false),
	) {
		this.#surroundings = surroundings;
		this.#serverHasAnother = serverHasAnother;
	}

	/** A new version has been fetched and waits. One that is already being taken is not announced. */
	get ready(): boolean {
		return this.#ready;
	}

	/** The person wants to keep this version for now. The next visit takes the new one by itself. */
	get declined(): boolean {
		return this.#declined;
	}

	/** The server, when asked, had another version than this page. This page's parts are gone unless they are kept here. */
	get replaced(): boolean {
		return this.#replaced;
	}

	async isReplaced(): Promise<boolean> {
		const asked = await within(patienceMs.ask, this.#serverHasAnother());
		this.#replaced ||= asked ?? false;
		return this.#replaced;
	}

	decline(): void {
		this.#declined = true;
	}

	/** Registers the service worker, and checks for new versions from then on. The returned function stops that. */
	start(): () => void {
		const { serviceWorker } = this.#surroundings();
		if (!serviceWorker) return () => {};
		let stopped = false;
		// If service workers are refused, the app works like any page.
		serviceWorker.register(script).then(
			(registration) => !stopped && this.#watch(registration, serviceWorker),
			() => {},
		);
		const timer = setInterval(() => this.check(), checkIntervalMs);
		return () => {
			stopped = true;
			clearInterval(timer);
		};
	}

	/** Asks the server for a new version: after hanging up, after the server was away, when somebody comes back to the page. */
	check(): void {
		if (this.#registration) this.#registration.update().catch(() => {});
		else void this.isReplaced();
	}

	/** Reloads into the newest version available. */
	async take(): Promise<void> {
		if (this.#taking) return;
		this.#taking = true;
		const { serviceWorker, reload } = this.#surroundings();
		const registration = this.#registration;
		if (serviceWorker && registration) {
			if (!registration.waiting) await within(patienceMs.fetch, newest(registration));
			const { waiting } = registration;
			const tookOver = waiting && (await within(patienceMs.takeOver, takeOver(waiting, serviceWorker)));
			if (waiting && !tookOver) await within(patienceMs.letGo, letGo(registration));
		}
		reload();
	}

	/** Deletes everything kept for opening without a network. The next visit may start again. */
	async forget(): Promise<void> {
		const { serviceWorker } = this.#surroundings();
		const registrations = (await serviceWorker?.getRegistrations().catch(() => [])) ?? [];
		await Promise.all(registrations.map((registration) => registration.unregister().catch(() => false)));
		this.#registration = null;
		this.#ready = false;
		if (typeof caches === 'undefined') return;
		const names = await caches.keys().catch(() => []);
		await Promise.all(names.map((name) => caches.delete(name).catch(() => false)));
	}

	#watch(registration: ServiceWorkerRegistration, { controller }: ServiceWorkerContainer): void {
		this.#registration = registration;
		// The first version ever is no update, since nothing older is on the screen.
		const follow = (worker: ServiceWorker | null, isUpdate: boolean) => {
			if (!worker || !isUpdate) return;
			// Announcing a version that is being taken would fetch the code of the announcement; see `letGo`.
			const look = () => worker.state === 'installed' && !this.#taking && (this.#ready = true);
			worker.addEventListener('statechange', look);
			look();
		};
		follow(registration.waiting, controller !== null);
		follow(registration.installing, controller !== null);
		registration.addEventListener('updatefound', () =>
			follow(registration.installing, registration.active !== null),
		);
	}
}

/** Fetches the newest version if there is a newer one. Failures are ignored. */
async function newest(registration: ServiceWorkerRegistration): Promise<void> {
	await registration.update().catch(() => {});
	const { installing } = registration;
	if (installing) await new Promise((resolve) => installing.addEventListener('statechange', resolve));
}

async function takeOver(waiting: ServiceWorker, serviceWorker: ServiceWorkerContainer): Promise<true> {
	const done = new Promise((resolve) =>
		serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
	);
	waiting.postMessage({ type: 'take-over' });
	await done;
	return true;
}

/**
 * The old version has not made way. Chromium stops it for that, but starts it again if any tab asks it for a file at the same moment, and does
 * not try again until it has been idle for half a minute. A reload would only show the old version again. Without a service worker the server
 * answers, and the page registers anew. So this asks first whether there is a server, because nothing would open without one.
 */
async function letGo(registration: ServiceWorkerRegistration): Promise<void> {
	const isServerThere = await registration.update().then(
		() => true,
		() => false,
	);
	if (isServerThere && registration.waiting) await registration.unregister().catch(() => false);
}

/** What the task resolves with, or `undefined` if it takes longer. The task goes on. */
function within<T>(durationMs: number, task: Promise<T>): Promise<T | undefined> {
	return Promise.race([
		task,
		new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), durationMs)),
	]);
}

function browserSurroundings(): Surroundings {
	return {
		serviceWorker: navigator.serviceWorker as ServiceWorkerContainer | undefined,
		reload: () => location.reload(),
	};
}
