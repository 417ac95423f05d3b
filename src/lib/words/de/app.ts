/** What `en/app.ts` says, in German. */
import type english from '../en/app';
import type { Translation } from '../catalog';

export default {
	home: 'Startseite',
	backToHome: 'Zur Startseite',
	newCall: 'Neuer Anruf',
	you: 'Du',
	close: 'Schließen',
	dismiss: 'Ausblenden',
	reload: 'Neu laden',
	refresh: 'Aktualisieren',
	later: 'Später',
	tryAgain: 'Erneut versuchen',
	microphone: 'Mikrofon',
	camera: 'Kamera',
	speaker: 'Lautsprecher',
	microphoneDevice: 'Mikrofon auswählen',
	cameraDevice: 'Kamera auswählen',
	speakerDevice: 'Lautsprecher auswählen',
	systemDefault: 'Systemstandard',
	deviceNumber: '{device} {number}',
	yourCamera: 'Deine Kamera',
	noPicture: 'Kein Bild',
	yourName: 'Dein Name',
	settings: 'Einstellungen',
	dataSaver: 'Datensparmodus',
	keyboardShortcuts: 'Tastenkürzel',
	canICall: 'Kann ich von hier aus anrufen?',
	pageTitle: '{page} · Parley',

	partNotLoaded:
		'{part, select, message {Diese Nachricht konnte nicht geladen werden.} scanner {Der Scanner konnte nicht geladen werden.} devices {Die Hilfe zu deinen Geräten konnte nicht geladen werden.} link {Der Hinweis zu diesem Link konnte nicht geladen werden.} call {Der Anruf konnte noch nicht geladen werden. Neuer Versuch läuft …} other {Diese Seite konnte nicht geladen werden.}}',

	leaveForPage: 'Diesen Anruf verlassen und eine andere Seite öffnen?',
	leaveForRoom: 'Diesen Anruf verlassen und zu {room} wechseln?',
	leaveForNamesake: 'Diesen Anruf verlassen und in einen anderen Raum mit demselben Namen wechseln?',
	leaveAndOpen: 'Verlassen und öffnen',
	stayInCall: 'Im Anruf bleiben',
	noFilesYet: 'Dateien lassen sich noch nicht senden.',
	newVersion: 'Eine neue Version von Parley ist da.',

	notWorking: 'Funktioniert nicht',
	starting: 'Startet',
	link: 'Link',
	copyLink: 'Link kopieren',
	copied: 'Kopiert',
	copyRefused:
		'Dein Browser hat Parley den Link nicht kopieren lassen. Er ist markiert: Drück Strg+C oder ⌘C, oder halte ihn gedrückt und wähle „Kopieren“.',

	pageNotFound: 'Hier ist nichts',
	pageNotFoundHelp:
		'Vielleicht ist die Adresse falsch geschrieben, oder ein Teil des Links fehlt. Lass ihn dir noch einmal schicken.',
	pageBroken: 'Etwas ist schiefgegangen',
	pageBrokenHelp:
		'Diese Seite konnte nicht angezeigt werden. Lade sie neu, oder beginn noch einmal auf der Startseite.',

	nameTooShort:
		'Ein Raumname braucht mindestens {count, plural, one {einen Buchstaben oder eine Ziffer} other {# Buchstaben oder Ziffern}}',
	nameTooLong:
		'Ein Raumname kann nicht mehr als {count, plural, one {einen Buchstaben} other {# Buchstaben}} haben',
	nameMixed:
		'Dieser Name mischt Buchstaben, die in verschiedenen Alphabeten gleich aussehen. Nimm für jedes Wort nur ein Alphabet.',
	nameCharacter: 'Ein Raumname darf kein {character} enthalten',
	nameRefused: 'Kein Raum kann so heißen',
	nameRefusedHelp: '{why}. Lass dir den Link noch einmal schicken, oder starte einen eigenen Anruf.',
	typeOrPaste: 'Gib den Namen eines Raums ein oder füg seinen Link ein',
	pastedDamaged:
		'Dieser Link ist beschädigt: Ein Teil ging unterwegs verloren. Lass ihn dir noch einmal schicken.',
	pastedNoRoom: 'Diese Adresse führt in keinen Raum',
	pastedElsewhere: 'Dieser Raum ist auf einem anderen Server. Öffne seinen Link in einem neuen Tab.',
} as const satisfies Translation<typeof english>;
