/** One sleeper and any number of alarms: what a subscription does between two looks at its outbox. */
export interface Wake {
	/** Ends the present wait, or the next one when nobody is waiting. */
	wake(): void;
	/** Resolves at the next alarm; at once if one went off since the last wait. */
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
