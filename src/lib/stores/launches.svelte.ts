/**
 * Links that the system gives to the running app (`launch_handler` in the manifest). A link opens at once, except during a call: then it waits
 * until the person has answered.
 */
import { decideLaunch, type LaunchDecision, type LaunchWhere } from './launch';

/** W3C "Web App Launch Handler API", not in TypeScript's library. */
interface LaunchQueue {
	setConsumer(consumer: (launch: { targetURL?: string | null }) => void): void;
}

export class Launches {
	#waiting = $state.raw<Extract<LaunchDecision, { do: 'ask' }> | null>(null);

	/** What was asked for during a call and has not been answered yet. */
	get waiting(): { path: string; room: string | null } | null {
		return this.#waiting;
	}

	/** Does nothing on a platform without launches, where a link opens another window by itself. */
	start(where: () => LaunchWhere, open: (path: string) => void): void {
		const { launchQueue } = globalThis as { launchQueue?: LaunchQueue };
		launchQueue?.setConsumer(({ targetURL }) => {
			if (!targetURL) return;
			const decision = decideLaunch(targetURL, where());
			if (decision.do === 'open') open(decision.path);
			else if (decision.do === 'ask') this.#waiting = decision;
		});
	}

	dismiss(): void {
		this.#waiting = null;
	}
}
