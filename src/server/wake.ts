/** Lets one subscription sleep between two looks at its outbox, until anybody wakes it. */
export interface Wake {
	/** Ends the current wait, or the next one if nobody is waiting. */
	wake(): void;
	/** Resolves at the next `wake`; at once if there was one since the last wait. */
	wait(): Promise<void>;
}

export function createWake(): Wake {
	let rung = false;
	let resolve: (() => void) | null = null;
	return {
		wake() {
			if (resolve) {
				resolve();
				resolve = null;
			} else {
				rung = true;
			}
		},
		wait() {
			if (rung) {
				rung = false;
				return Promise.resolve();
			}
			return new Promise((done) => (resolve = done));
		},
	};
}
