/** Which parts of the sentences a page needs when it is shown. What it loads later brings its own. Pure. */
import type { Part } from './catalog';

const parts: Record<string, Part[]> = {
	'': ['home'],
	join: ['home'],
	settings: ['settings', 'shortcuts'],
	check: ['check', 'problems'],
	room: ['room'],
};

export function partsOfPage(path: string): Part[] {
	return ['app', ...(parts[path.split('/')[1] ?? ''] ?? [])];
}
