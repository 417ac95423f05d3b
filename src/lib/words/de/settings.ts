/** What `en/settings.ts` says, in German. */
import type english from '../en/settings';
import type { Translation } from '../catalog';

export default {
	language: 'Sprache',
	languageOfBrowser: 'Wie im Browser',
	nameHint: 'Wird eingetragen, wenn du einem Anruf beitrittst',
	appearance: 'Aussehen',
	theme: 'Farbschema',
	themeSystem: 'System',
	themeLight: 'Hell',
	themeDark: 'Dunkel',
	devices: 'Geräte',
	devicesHelp:
		'Die, die du zuletzt benutzt hast. Andere wählst du, wenn du einen Raum öffnest: Dort siehst und hörst du sie, bevor du beitrittst.',
	checkHelp:
		'Probiert deine Kamera, dein Mikrofon, deinen Lautsprecher und deine Verbindung aus und sagt, was hilft, wenn etwas nicht geht.',
	checkDevice: 'Dieses Gerät prüfen',
	data: 'Daten',
	dataHelp:
		'Im Datensparmodus braucht ein Anruf höchstens {kbits, plural, other {# kbit/s}} in jede Richtung: erst für Stimmen, dann für geteilte Bildschirme, dann für Gesichter.',
	dataSaverAuto: 'Wenn das Gerät es will oder die Verbindung schwach ist',
	always: 'Immer',
	never: 'Nie',
	privacy: 'Privatsphäre',
	hideAddress: 'Meine Adresse verbergen',
	hideAddressHelp:
		'Andere in einem Anruf erfahren normalerweise deine Internetadresse, weil Ton und Bild direkt zu ihnen gehen. Ist das hier eingeschaltet, läuft alles über das Relay derer, die diesen Server betreiben: weiterhin verschlüsselt und vielleicht langsamer. Wo es kein Relay gibt, erreichst du damit niemanden.',
	sounds: 'Töne',
	peopleSound: 'Wenn jemand beitritt oder geht',
	returnSound: 'Wenn mein Mikrofon oder meine Kamera nach einer Unterbrechung wieder da ist',
	vibration: 'Kurz vibrieren, wenn jemand beitritt',
	useKeys: 'Diese Tasten im Anruf benutzen',
	homeScreen: 'Startbildschirm',
	version: 'Version',
	versionHelp:
		'Berechnet aus jeder Seite und jeder Datei der App auf diesem Gerät. Wenn zwei Leute hier dieselben Zeichen sehen, benutzen sie dieselbe App. Der Server zeigt sie beim Start an.',
	versionUnknown: 'Steht fest, sobald die App auf diesem Gerät gespeichert ist.',
	kept: 'Auf diesem Gerät gespeichert',
	keptHelp:
		'Dein Name, deine Geräte, Farbschema, Sprache und letzten Räume, dazu die App selbst, damit sie sich auch ohne Netz öffnet. Nichts davon wird anderswo gespeichert.',
	deleteQuestion:
		'Alles löschen? Auch die Links zu letzten Räumen gehen verloren, und mit ihnen das, was deren Nachrichten öffnet.',
	delete: 'Löschen',
	keep: 'Behalten',
	deleteAll: 'Alles löschen, was auf diesem Gerät gespeichert ist',
	deleted: 'Gelöscht. Hier ist jetzt nichts mehr gespeichert.',
	installParley: 'Parley installieren',
	installHelp:
		'<b>Hab Parley immer griffbereit.</b> Vom Startbildschirm aus öffnet es sich sofort, auch ohne Netz.',
	install: 'Installieren',
	gotIt: 'Alles klar',
	noThanks: 'Nein danke',
	tapShare: '1. Tipp auf <b>Teilen</b>. Vielleicht ist es hinter den drei Punkten.',
	addToHomeScreen: '2. Scroll nach unten und tipp auf <b>Zum Home-Bildschirm</b>.',
} as const satisfies Translation<typeof english>;
