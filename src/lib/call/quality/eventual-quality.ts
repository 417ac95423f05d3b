/** Stands in for `quality-watch.ts` until that is loaded: there are no numbers, and a connection is judged by its state alone. */
import { createLatePart } from '../../platform/late-part';
import type { Unsubscribe } from '../../platform/platform';
import { goodQuality, qualityByState } from './quality';
import type { CallNumbers, QualityPort, QualityWatch } from './quality-watch';

export interface EventualQualityPort extends QualityPort {
	load(): Promise<Pick<typeof import('./quality-watch'), 'createQualityWatch'>>;
}

/** Loads at the first start. After `close` it loads nothing more. */
export function createEventualQuality(port: EventualQualityPort): QualityWatch & { close(): void } {
	let watch: QualityWatch | null = null;
	let running = false;
	/** Listeners who asked for numbers before it was loaded. */
	const early = new Set<(made: QualityWatch) => void>();
	const part = createLatePart({
		clock: port.clock,
		load: port.load,
		loaded({ createQualityWatch }) {
			watch = createQualityWatch(port);
			for (const follow of early) follow(watch);
			early.clear();
			if (running) watch.start();
		},
	});

	return {
		of: (id, connection) => watch?.of(id, connection) ?? qualityByState(connection),
		own: () => watch?.own() ?? goodQuality,
		watchNumbers(listener) {
			if (watch) return watch.watchNumbers(listener);
			let stop: Unsubscribe = () => {};
			const follow = (made: QualityWatch) => (stop = made.watchNumbers(listener));
			early.add(follow);
			listener(noNumbers);
			return () => {
				early.delete(follow);
				stop();
			};
		},
		start() {
			running = true;
			if (watch) watch.start();
			else void part.load();
		},
		stop() {
			running = false;
			watch?.stop();
		},
		close: part.close,
	};
}

const noNumbers: CallNumbers = new Map();
