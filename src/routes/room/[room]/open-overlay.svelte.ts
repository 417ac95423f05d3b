/** Which menu or dialog is open over the call: one at a time, each loaded when it is first asked for. */
import type { MissingParts } from '$lib/components/app/missing-parts';
import { createOneOpen } from '$lib/components/call/one-open';
import { loadOverlay, type Overlay } from './call-overlays';

export interface OpenOverlay {
	readonly current: Overlay | null;
	open(kind: Overlay['kind']): Promise<void>;
	close(): void;
}

export function createOpenOverlay(missing: Pick<MissingParts, 'miss' | 'found'>): OpenOverlay {
	let current = $state.raw<Overlay | null>(null);
	const one = createOneOpen<Overlay>((overlay) => (current = overlay));

	return {
		get current() {
			return current;
		},
		async open(kind) {
			try {
				await one.open(() => loadOverlay(kind));
				missing.found('part', kind);
			} catch {
				missing.miss('part', kind, () => loadOverlay(kind));
			}
		},
		close: one.close,
	};
}
