/** What `en/room.ts` says, in German. */
import type english from '../en/room';
import type { Translation } from '../catalog';

export default {
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
} as const satisfies Translation<typeof english>;
