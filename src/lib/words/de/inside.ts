/** What `en/inside.ts` says, in German. */
import type english from '../en/inside';
import type { Translation } from '../catalog';

export default {
	deviceBusy: 'Dein Gerät ist stark ausgelastet. Dein Bild kann bei den anderen ruckeln.',
	seemOffline: 'Du scheinst offline zu sein. Der Anruf geht von selbst weiter, sobald du wieder online bist.',
	weakSending: 'Deine Verbindung ist schwach. Dein Bild kann bei den anderen stehen bleiben.',
	weakReceiving: 'Deine Verbindung ist schwach. Das Bild der anderen kann bei dir stehen bleiben.',
	weakBoth: 'Deine Verbindung ist schwach. Bei dir und bei den anderen kann das Bild stehen bleiben.',
	dataSaverOff: 'Der Datensparmodus ist wieder aus',
	dataSaverSystem: 'Der Datensparmodus ist an, weil dein Gerät es so will',
	dataSaverPoorLine: 'Der Datensparmodus ist an: Die Verbindung ist schwach, und Stimmen gehen vor',
	dataSaverOn: 'Der Datensparmodus ist an',
	screenDeniedBySystem:
		'Dein System lässt den Browser den Bildschirm nicht sehen. Erlaube es in den Datenschutz-Einstellungen des Systems und versuch es noch einmal.',
	screenUnsupported: 'Dein Browser erlaubt es hier nicht, den Bildschirm zu teilen.',
	screenFailed:
		'Der Bildschirm konnte nicht geteilt werden. Versuch es noch einmal oder wähle ein anderes Fenster.',
	signalingLost: 'Die Verbindung zum Server ist weg. Der Anruf läuft weiter, bis sie wieder da ist.',
	signalingRestored: 'Wieder online',
	deviceLost:
		'{label} ist weg. Jetzt wird {kind, select, microphone {ein anderes Mikrofon} camera {eine andere Kamera} other {ein anderer Lautsprecher}} benutzt.',
	deviceBack: '{label} ist wieder da und wird wieder benutzt',
	captureBack:
		'{device, select, microphone {Dein Mikrofon ist} camera {Deine Kamera ist} other {Dein Mikrofon und deine Kamera sind}} wieder da',

	joined: '{people, plural, one {{who} ist beigetreten} other {{who} sind beigetreten}}',
	left: '{people, plural, one {{who} hat den Anruf verlassen} other {{who} haben den Anruf verlassen}}',
	handsRaised: '{people, plural, one {{who} hebt die Hand} other {{who} heben die Hand}}',
	screensStarted:
		'{people, plural, one {{who} teilt einen Bildschirm} other {{who} teilen ihre Bildschirme}}',
	screensStopped: '{people, plural, one {{who} teilt nichts mehr} other {{who} teilen nichts mehr}}',
	newMessages: '{count, plural, one {# neue Nachricht} other {# neue Nachrichten}} von {who}',
	messageFrom: '{who}: {text}',
	others: '{count, plural, one {# weitere Person} other {# weitere Personen}}',
	reply: 'Antworten',
	chooseAnother: 'Andere wählen',

	qualityGood: 'In beide Richtungen gut.',
	qualityNoConnection: 'Die Verbindung ist weg.',
	qualityNothingReceived: 'Von {name} kommt gerade nichts an.',
	qualityNothingArrives: 'Was du sendest, kommt bei {name} gerade nicht an.',
	qualityLossReceiving: 'Ein Teil von dem, was {name} sendet, geht auf dem Weg zu dir verloren.',
	qualityLossSending: 'Ein Teil von dem, was du sendest, geht auf dem Weg zu {name} verloren.',
	qualityLowBandwidth: 'Die Verbindung zu {name} ist zu langsam für ein gutes Bild.',
	qualitySlow: 'Ihr hört einander verzögert. Lass {name} einen Moment Zeit zum Antworten.',
	qualityJitter: 'Der Ton von {name} kommt ungleichmäßig an und kann abreißen.',
	qualityCpu: 'Dein Gerät ist zu ausgelastet, um ein flüssiges Bild zu senden.',
	qualityFrozen: 'Das Bild von {name} bleibt immer wieder stehen.',

	video: 'Video',
	screen: 'Bildschirm',
	codecs: 'Codecs',
	bitrate: 'Bitrate',
	lost: 'Verloren',
	jitter: 'Jitter',
	capacity: 'Kapazität',
	roundTrip: 'Umlaufzeit',
	path: 'Weg',
	pictureRate: '{size}, {rate}\u00a0Bilder/s',
	kilobits: '{rate} kbit/s',
	megabits: '{rate} Mbit/s',
	milliseconds: '{count} ms',
	pathDirect: 'Direkt, {protocol}',
	pathTheirRelay: 'Über das Relay der Gegenseite',
	pathRelay: 'Über ein Relay, {protocol}',
	none: 'nichts',

	connection: 'Verbindung',
	ownConnectionGood: 'Deine eigene Verbindung ist gut.',
	nothingToMeasure: 'Noch ist niemand sonst hier, also gibt es nichts zu messen.',
	numbersTo: 'Verbindungsdaten zu {name}',
	received: 'Empfangen',
	sent: 'Gesendet',
	measuring: 'Wird gemessen …',

	security: 'Sicherheit',
	nobodyElse: 'Noch ist niemand sonst hier.',
	showSafetyWords: 'Sicherheitswörter anzeigen',
	safetyWords: 'Sicherheitswörter',
	workingOutWords: 'Werden berechnet …',
	safetyWordsChange:
		'Nach dem Neuladen sind es andere. Wenn sie sich unterscheiden, leg auf und starte einen neuen Anruf.',
	secretProtects:
		'Alle hier sind über denselben Link gekommen: Was ihr sagt, zeigt und schreibt, ist von Browser zu Browser verschlüsselt, und der Server kann es weder lesen noch verändern.',
	secretLimits:
		'Wer den Link bekommt, kann hereinkommen, und wer diese App ausliefert, könnte ändern, was sie tut.',
	nameProtects:
		'Was ihr sagt, zeigt und schreibt, ist von Browser zu Browser verschlüsselt, aber dieser Link hat kein Geheimnis, das beweist, wer am anderen Ende ist.',
	nameLimits:
		'Mit dem Namen kann jede und jeder hereinkommen, und wer diesen Server betreibt, könnte unbemerkt dazwischensitzen.',
	compareSurer:
		'Um noch sicherer zu gehen, lest euch diese Wörter vor. Wenn ihr beide dieselben vier habt, sitzt niemand dazwischen.',
	compare: 'Lest euch diese Wörter vor. Wenn ihr beide dieselben vier habt, sitzt niemand dazwischen.',
	wordsUnknown: 'Dieser Browser kann es nicht sagen. Versuch es gleich noch einmal.',
	notConnected: 'Nicht verbunden',

	joinMyCall: 'Mach bei meinem Anruf mit',
	invitePeople: 'Leute einladen',
	inviteHelp: 'Mit diesem Link kann jede und jeder beitreten. Niemand braucht ein Konto.',
	share: 'Teilen …',
	qrOfLink: 'QR-Code des Links',
	pointPhone: 'Oder halte eine Handykamera darauf',
	leaveQuestion: 'Anruf verlassen?',
	stillIn: 'Du bist noch dabei.',
	stillInDraft:
		'Du bist noch dabei. Die Nachricht, die du nicht abgeschickt hast, bleibt in diesem Tab erhalten.',
	leave: 'Verlassen',
	stay: 'Bleiben',

	pictureInPicture: 'Bild-in-Bild',
	settingsNewTab: 'Einstellungen, in neuem Tab',
	changeName: 'Deinen Namen ändern',
	save: 'Speichern',
	cancel: 'Abbrechen',
	renamed: 'Du heißt jetzt {name}',

	closePanel: 'Bereich schließen',
	messageTooLong:
		'Das ist zu lang: höchstens {max, plural, one {# Zeichen} other {# Zeichen}}. Dein Text bleibt erhalten.',
	messagesTooMany:
		'Du hast so viel geschrieben, wie von einer Seite aus geht. Lade sie neu, um weiterzuschreiben. Das Gespräch bleibt erhalten.',
	chatStillLoading: 'Der Chat wird noch geladen. Versuch es gleich noch einmal, dein Text bleibt erhalten.',
	messagesUnreadable:
		'Manche Nachrichten ließen sich nicht öffnen: Deinem Link fehlt der geheime Teil, oder es ist ein anderer.',
	messagesForked: 'Jemand hat verschiedenen Leuten Verschiedenes geschrieben. Davon wird nichts angezeigt.',
	chatUnsealed: 'Dieser Link hat kein Geheimnis: Wer diesen Server betreibt, könnte mitlesen.',
	message: 'Nachricht',
	writeMessage: 'Nachricht schreiben',
	send: 'Senden',
	charactersLeft: '{count, plural, one {Noch # Zeichen} other {Noch # Zeichen}}',
	charactersOver: '{count, plural, one {# Zeichen zu viel} other {# Zeichen zu viel}}',
	showLess: 'Weniger anzeigen',
	showAll: 'Alles anzeigen',
	waitingToSend: 'Wird gesendet, sobald es geht …',
	messages: 'Nachrichten',
	chatEmpty:
		'Noch nichts geschrieben. Alle im Anruf sehen es, auch wer später dazukommt. Kein Server speichert es.',
	newMessagesBelow: 'Neue Nachrichten',
	authorGone: '{name} (vorhin)',
} as const satisfies Translation<typeof english>;
