/** Loads the German sentences. */
import type { Source } from './languages';

export default {
	app: () => import('./de/app'),
	home: () => import('./de/home'),
	room: () => import('./de/room'),
	call: () => import('./de/call'),
	inside: () => import('./de/inside'),
	problems: () => import('./de/problems'),
	shortcuts: () => import('./de/shortcuts'),
	settings: () => import('./de/settings'),
	check: () => import('./de/check'),
} satisfies Source;
