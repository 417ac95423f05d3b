/** Asks the service worker which build it keeps, which is the one that this device opens. */

const patienceMs = 3_000;

/** The digest as `0123 4567 89ab cdef`; `null` if nothing is kept yet, or nothing ever is. */
export async function runningBuild(
	serviceWorker: Pick<ServiceWorkerContainer, 'controller'> | undefined,
): Promise<string | null> {
	const worker = serviceWorker?.controller;
	if (!worker) return null;
	const { port1: ours, port2: theirs } = new MessageChannel();
	const answer = new Promise<string | null>((resolve) => {
		ours.onmessage = ({ data }: MessageEvent<unknown>) => resolve(typeof data === 'string' ? data : null);
		// A service worker older than this page does not answer.
		setTimeout(() => resolve(null), patienceMs);
	});
	worker.postMessage({ type: 'which-build' }, [theirs]);
	return answer.finally(() => ours.close());
}
