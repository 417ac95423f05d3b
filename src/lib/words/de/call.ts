/** What `en/call.ts` says, in German. */
import type english from '../en/call';
import type { Translation } from '../catalog';

export default {
	unread: '{count, plural, other {# ungelesen}}',

	pictureRefused: 'Dein Browser hat kein kleines Fenster geöffnet.',
	titleUnread: '({count}) {page} · Parley',
	nobodyYet: 'Noch ist niemand sonst hier. Schick den anderen den Link.',
	lastLeft: '{name} hat den Anruf verlassen. Jetzt ist sonst niemand hier.',
	allLeft: 'Alle anderen haben den Anruf verlassen.',
	callControls: 'Anrufsteuerung',
	switchCamera: 'Kamera wechseln',
	shareScreen: 'Bildschirm teilen',
	raiseHand: 'Hand heben',
	chat: 'Chat',
	invite: 'Einladen',
	moreOptions: 'Weitere Optionen',
	leaveCall: 'Anruf verlassen',
	participants: 'Teilnehmende',
	yourScreen: 'Dein Bildschirm',
	screenOf: '{name} (Bildschirm)',
	handRaised: 'Hand gehoben',
	microphoneOff: 'Mikrofon aus',
	soundHeldBack: 'Dein Browser spielt den Ton erst ab, wenn du auf die Seite tippst oder klickst.',
	playSound: 'Ton einschalten',
	callGoesOn: 'Der Anruf läuft weiter. {title}.',
	findingServer: 'Der Server wird wieder gesucht. Der Anruf läuft weiter.',

	chatMissing: 'Der Chat konnte nicht geladen werden. Neuer Versuch läuft …',
	chatMissingReplaced:
		'Der Chat lässt sich nicht laden, weil Parley aktualisiert wurde. Lade die Seite nach dem Anruf neu, dann ist er wieder da.',
	partMissing: 'Das konnte nicht geladen werden. Neuer Versuch läuft …',
	partMissingReplaced:
		'Das lässt sich nicht laden, weil Parley aktualisiert wurde. Lade die Seite nach dem Anruf neu, dann ist es wieder da.',

	youLeft: 'Du hast den Anruf verlassen',
	youLeftHelp: 'Deine Kamera und dein Mikrofon sind aus.',
	rejoin: 'Wieder beitreten',
	outdated: 'Parley wurde inzwischen aktualisiert. Manches auf dieser Seite kommt erst nach dem Neuladen.',
} as const satisfies Translation<typeof english>;
