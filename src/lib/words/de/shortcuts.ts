/** What `en/shortcuts.ts` says, in German. */
import type english from '../en/shortcuts';
import type { Translation } from '../catalog';

export default {
	keyMicrophone: 'Mikrofon an oder aus',
	keyCamera: 'Kamera an oder aus',
	keyScreen: 'Bildschirm teilen oder damit aufhören',
	keyHand: 'Hand heben oder senken',
	keyChat: 'Chat öffnen oder schließen',
	keyTalk: 'Gedrückt halten, um trotz Stummschaltung zu sprechen',
	keyHelp: 'Diese Tastenkürzel anzeigen',
	space: 'Leertaste',
} as const satisfies Translation<typeof english>;
