/**
 * New versions of the app: the service worker fetches one in the background, this says that it is there, and takes it when a
 * person says so. Never before: a page is reloaded by its own click and by nothing else.
 */
interface Surroundings {
	/** Absent where a browser has no service workers, or keeps them from this page. */
	serviceWorker: ServiceWorkerContainer | undefined;
	reload(): void;
}

const script = '/service-worker.js';
/** A page that is left open asks for news this often. */
const checkIntervalMs = 30 * 60_000;
/** How long a click may wait for a new version that is being fetched, for it to take over, for the old one to let go, and for an answer. */
const patienceMs = { fetch: 10_000, takeOver: 2_000, letGo: 4_000, ask: 3_000 };

export class Updates {
	readonly #surroundings: () => Surroundings;
	#registration: ServiceWorkerRegistration | null = null;
	#ready = $state(false);
	#declined = $state(false);
	#replaced = $state(false);
	#taking = false;
	readonly #serverHasAnother: () => Promise<boolean>;

	/** `serverHasAnother`: asks the server, and is false where it does not answer. */
	constructor(
		surroundings: () => Surroundings = browserSurroundings,
		serverHasAnother: () => Promise<boolean> = () => Promise.resolve(false),
	) {
		this.#surroundings = surroundings;
		this.#serverHasAnother = serverHasAnother;
	}

	/** A new version has been fetched and waits. One that is being taken already is no news. */
	get ready(): boolean {
		return this.#ready;
	}

	/** Somebody wants to go on as they are. The next visit takes the new version by itself. */
	get declined(): boolean {
		return this.#declined;
	}

	/** Found out by asking: the server has another version than this page, whose parts are gone where nothing has kept them. */
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

	/** Registers the service worker, and looks for news from then on. Returns what ends that. */
	start(): () => void {
		const { serviceWorker } = this.#surroundings();
		if (!serviceWorker) return () => {};
		let stopped = false;
		// Where service workers are refused the app works as any page does.
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

	/** Asks the server for a new version: after a hang-up, after the server was away, when somebody looks again. */
	check(): void {
		if (this.#registration) this.#registration.update().catch(() => {});
		else void this.isReplaced();
	}

	/** Reloads into the newest version there is to be had. */
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

	/** Lets go of everything kept for opening without a network. The next visit may begin anew. */
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
		// The first version ever is no update: nothing older is on the screen.
		const follow = (worker: ServiceWorker | null, isUpdate: boolean) => {
			if (!worker || !isUpdate) return;
			// To announce one that is being taken would fetch the announcement's own code; see `letGo`.
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

/** Fetches the newest version, if there is a newer one; gives up in silence. */
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
 * The old version has not made way. Chromium stops it for that, but starts it again when any tab asks it for a file in
 * the same moment, and does not try another time until it has been idle for half a minute. A reload would only show the
 * old version again. Without a service worker it is the server that answers, and the page registers anew: so this asks
 * whether there is a server first, for nothing would open without.
 */
async function letGo(registration: ServiceWorkerRegistration): Promise<void> {
	const isServerThere = await registration.update().then(
		() => true,
		() => false,
	);
	if (isServerThere && registration.waiting) await registration.unregister().catch(() => false);
}

/** What the task comes to, or `undefined` when the time is over before that. The task goes on. */
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
