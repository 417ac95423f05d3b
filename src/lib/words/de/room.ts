/** Ein Raum, von der Lobby bis zum Ende, solange nichts schiefgeht. */
import type english from '../en/room';
import type { Translation } from '../catalog';

export default {
	unread: '{count, plural, other {# ungelesen}}',
	connecting: 'Wird verbunden …',
	reconnecting: 'Wird wieder verbunden …',
	noConnection: 'Keine Verbindung',
	poorConnectionTo: 'Schlechte Verbindung zu {name}',
	connectionToLost: 'Verbindung zu {name} verloren',
	ownName: '{name} (du)',
	serverOutOfReach: 'Der Server ist nicht erreichbar',
	youAreOffline: 'Du bist offline',
	joinOnceConnected: 'Du trittst bei, sobald wieder eine Verbindung da ist.',
	getReadyOffline:
		'Mach dich hier bereit. Wenn du jetzt beitrittst, bist du dabei, sobald eine Verbindung da ist.',
	checkingWhoIsHere: 'Mal sehen, wer da ist …',
	peopleHere:
		'{count, plural, =0 {Du bist hier die erste Person} one {# Person ist schon da} other {# Personen sind schon da}}',
	peopleHereFull:
		'{count, plural, one {# Person ist da} other {# Personen sind da}}, und alle Plätze sind belegt',
	deviceSilent: 'Kein Signal von {label}. Das vorherige Gerät wird weiter benutzt.',
	defaultDeviceSilent:
		'Kein Signal {kind, select, microphone {vom Standardmikrofon} camera {von der Standardkamera} other {vom Standardlautsprecher}}. Das vorherige Gerät wird weiter benutzt.',

	thatFailed: 'Das hat nicht geklappt',
	thatFailedHelp: 'Versuch es noch einmal, und wenn es wieder passiert, lade die Seite neu.',
	callsBlocked: 'Dieses Netz lässt keine Anrufe durch',
	callsBlockedHelp: 'Versuch es in einem anderen Netz.',

	waitingForAnswer: 'Wartet auf deine Antwort',
	startingCamera: 'Kamera startet …',
	cameraOff: 'Deine Kamera ist aus',
	nameMissing: 'Die anderen wollen wissen, wer du bist',
	nameInvisible: 'Diesen Namen könnte niemand sehen. Nimm Buchstaben, Zahlen oder Emojis.',
	parleyHome: 'Parley, Startseite',
	checkNeeds: 'Prüfen, was ein Anruf hier braucht',
	openLobby:
		'Mit dem Namen kann jede und jeder hereinkommen, und wer diesen Server betreibt, könnte mithören. Für einen privaten Link <a>starte einen neuen Anruf</a>.',
	keepsTrying: 'Parley versucht es weiter.',
	keepsTryingToJoin: 'Parley versucht es weiter, und du trittst dann von selbst bei.',
	waitingForSeat: 'Der Raum ist voll. Sobald ein Platz frei wird, bist du dabei.',
	stopWaiting: 'Nicht mehr warten',
	waitForSeat: 'Auf einen Platz warten',
	joining: 'Du trittst bei …',
	joinCall: 'Anruf beitreten',

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

	youLeft: 'Du hast den Anruf verlassen',
	youLeftHelp: 'Deine Kamera und dein Mikrofon sind aus.',
	rejoin: 'Wieder beitreten',
	outdated: 'Parley wurde inzwischen aktualisiert. Manches auf dieser Seite kommt erst nach dem Neuladen.',
} as const satisfies Translation<typeof english>;
