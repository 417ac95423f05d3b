/** Die Prüfung, neben dem, was schiefging (`problems.ts`). */
import type english from '../en/check';
import type { Translation } from '../catalog';

export default {
	server: 'Server',
	directConnection: 'Direkte Verbindung',
	relay: 'Relay',
	checking: 'Wird geprüft …',
	checkingHelp: 'Das dauert ein paar Sekunden.',
	soFarSoGood: 'So weit, so gut',
	soFarSoGoodHelp: 'Probier zur Sicherheit auch Kamera, Mikrofon und Lautsprecher aus.',
	canCall: 'Du kannst von hier aus anrufen',
	canCallHelp: 'Alles, was ein Anruf braucht, funktioniert.',
	canCallLimited: 'Du kannst anrufen, mit Einschränkungen',
	cannotCall: 'Von hier aus geht noch kein Anruf',
	helpBelow: 'Was hilft, steht unten bei: {steps}.',
	notTried: 'Noch nicht ausprobiert. Der Browser wird fragen, ob Parley das Gerät benutzen darf.',
	startingAllow: 'Startet. Wenn der Browser fragt, wähl „Zulassen“.',
	cameraWorks: 'Funktioniert. Du solltest dich sehen.',
	saySomething: 'Sag etwas: Die Balken sollten sich bewegen.',
	microphoneWorks: 'Funktioniert. Du bist zu hören.',
	nothingHeard: 'Bisher nichts gehört.',
	nothingHeardHelp: 'Sprich lauter, such am Gerät nach einem Stummschalter oder wähle ein anderes Mikrofon.',
	itDoesNotWork: 'Es funktioniert nicht',
	sentence: '{text}.',
	playTwoNotes: 'Spiel zwei Töne ab und hör hin.',
	playing: 'Wird abgespielt …',
	didYouHear: 'Hast du zwei Töne gehört?',
	speakerWorks: 'Funktioniert. Du hast es gehört.',
	notHeard: 'Du hast nichts gehört.',
	notHeardHelp:
		'Dreh lauter, such nach einem Stummschalter oder wähle einen anderen Lautsprecher. Spiel es dann noch einmal ab.',
	unplayable: 'Der Ton konnte nicht abgespielt werden.',
	unplayableHelp:
		'Sieh nach, ob ein Lautsprecher oder Kopfhörer angeschlossen und ausgewählt ist, und spiel es dann noch einmal ab.',
	asking: 'Wird angefragt …',
	answersIn: 'Antwortet in {ms} ms.',
	answersHttp: 'Antwortet über HTTP, in {ms} ms.',
	answersHttpHelp:
		'Etwas auf dem Weg lehnt WebSockets ab, oft ein Proxy im Büro. Anrufe gehen, beginnen aber etwas langsamer.',
	answersSlowly: 'Antwortet langsam, in {ms} ms.',
	answersSlowlyHelp:
		'Es dauert eine Weile, bis ein Anruf beginnt. Geh näher an deinen WLAN-Router oder versuch es in einem anderen Netz.',
	offline: 'Du bist offline.',
	offlineHelp: 'Verbinde dich mit einem Netz und prüf es dann noch einmal.',
	noAnswer: 'Keine Antwort.',
	serverDownHelp:
		'Sieh nach, ob sich andere Websites öffnen lassen. Wenn ja, ist der Server ausgefallen oder hier gesperrt: Sag denen Bescheid, die ihn betreiben.',
	trying: 'Wird versucht …',
	directWorks: 'Funktioniert. Leute in anderen Netzen können dich meistens erreichen.',
	ownNetwork: 'Funktioniert in deinem eigenen Netz.',
	beyondByRelay: 'Darüber hinaus können Anrufe über das Relay laufen.',
	beyondUnknown:
		'Darüber hinaus lässt sich von hier aus nichts sagen. Wer den Server betreibt, kann einen STUN- oder TURN-Server angeben.',
	ownNetworkOnly: 'Funktioniert nur in deinem eigenen Netz.',
	firewallRelay: 'Eine Firewall sperrt alles von außen. Anrufe in andere Netze laufen über das Relay.',
	firewall:
		'Eine Firewall sperrt alles von außen. Versuch es in einem anderen Netz, etwa dem deines Handys, oder bitte die, die den Server betreiben, um ein TURN-Relay.',
	doesNotWork: 'Funktioniert nicht.',
	relayInstead: 'Anrufe laufen stattdessen über das Relay.',
	vpnHelp:
		'Ein VPN, eine Firewall oder eine Datenschutz-Erweiterung ist im Weg. Schalte sie für diese Website aus oder versuch es in einem anderen Netz.',
	noWebrtc: 'Dieser Browser kann keine aufbauen.',
	noWebrtcHelp:
		'WebRTC ist ausgeschaltet, oder eine Erweiterung blockiert es. Erlaube es, oder öffne diese Seite in einem anderen Browser.',
	relayWorksOver: 'Funktioniert, über {protocol}.',
	relayWorks: 'Funktioniert.',
	relayNone: 'Dieser Server hat keins. Nur Netze, die nichts anderes durchlassen, brauchen eins.',
	relayNotTried: 'Nicht ausprobiert: Welches benutzt wird, sagt der Server.',
	relayRefused: 'Das Relay hat uns abgelehnt.',
	relayRefusedHelp: 'Sag denen, die den Server betreiben, dass ihr Relay seine Zugangsdaten nicht annimmt.',
	relayRefusedSpare:
		'Sag denen, die den Server betreiben, dass ihr Relay seine Zugangsdaten nicht annimmt. In den meisten Netzen gehen Anrufe auch ohne.',
	relayDownHelp:
		'Vielleicht sperrt es eine Firewall, oder es ist ausgefallen: Sag denen Bescheid, die den Server betreiben.',
	relayDownSpare:
		'Vielleicht sperrt es eine Firewall, oder es ist ausgefallen: Sag denen Bescheid, die den Server betreiben. In den meisten Netzen gehen Anrufe auch ohne.',
	stepWaiting: '{step}: noch nicht ausprobiert',
	stepRunning: '{step}: läuft',
	stepGood: '{step}: funktioniert',
	stepUnsure: '{step}: eingeschränkt',
	stepBad: '{step}: funktioniert nicht',
	stepSkipped: '{step}: ausgelassen',
	tryDeviceAgain:
		'{device, select, camera {Kamera noch einmal versuchen} other {Mikrofon noch einmal versuchen}}',
	yesHeard: 'Ja, gehört',
	no: 'Nein',
	playSoundNow: 'Ton abspielen',
	playAgain: 'Noch einmal abspielen',
	yourDevices: 'Deine Geräte',
	onlyYou: 'Das sieht und hört sonst niemand.',
	startDevices: 'Kamera und Mikrofon starten',
	callNeeds: 'Was ein Anruf braucht',
	checkAgain: 'Noch einmal prüfen',
} as const satisfies Translation<typeof english>;
