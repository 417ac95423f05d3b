/** English that nobody speaks, for tests and screenshots: `vite/pseudo.ts`. All in one file, because nobody waits for it. */
import app from './en/app?pseudo';
import home from './en/home?pseudo';
import room from './en/room?pseudo';
import call from './en/call?pseudo';
import inside from './en/inside?pseudo';
import problems from './en/problems?pseudo';
import shortcuts from './en/shortcuts?pseudo';
import settings from './en/settings?pseudo';
import check from './en/check?pseudo';
import type { Sentences } from './catalog';
import type { Source } from './languages';

const loaded = (sentences: Sentences) => () => Promise.resolve({ default: sentences });

export default {
	app: loaded(app),
	home: loaded(home),
	room: loaded(room),
	call: loaded(call),
	inside: loaded(inside),
	problems: loaded(problems),
	shortcuts: loaded(shortcuts),
	settings: loaded(settings),
	check: loaded(check),
} satisfies Source;
