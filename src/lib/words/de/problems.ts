/** What `en/problems.ts` says, in German. */
import type english from '../en/problems';
import type { Translation } from '../catalog';

export default {
	roomFull: 'Der Raum ist voll',
	roomFullHelp:
		'Alle {limit, plural, one {# Platz} other {# Plätze}} sind belegt. Warte hier: Sobald einer frei wird, bist du dabei.',
	roomFullHelpPlain: 'Alle Plätze sind belegt. Warte hier: Sobald einer frei wird, bist du dabei.',
	takenOver: 'Du bist in einem anderen Tab beigetreten',
	takenOverHelp: 'Der Anruf läuft dort weiter. Tritt wieder bei, um ihn hierher zurückzuholen.',
	badRoomName: 'Diesen Raum kann es nicht geben',
	badRoomNameHelp:
		'Ein Raumname besteht aus 3 bis 64 Buchstaben, Ziffern und Bindestrichen in beliebiger Schrift. Prüf den Link.',
	badName: 'Dieser Name geht nicht',
	badNameHelp: 'Wähle einen anderen mit höchstens 64 Zeichen.',
	rateLimited: 'Zu viele Versuche',
	rateLimitedHelp:
		'Warte {seconds, plural, one {eine Sekunde} other {# Sekunden}} und versuch es dann noch einmal.',
	waitAndTryAgain: 'Warte einen Moment und versuch es dann noch einmal.',
	seatLost: 'Dein Platz wurde freigegeben',
	seatLostHelp: 'Du warst zu lange weg. Tritt wieder bei, um einen neuen zu bekommen.',
	alreadyJoined: 'Du bist schon in diesem Anruf',
	alreadyJoinedHelp: 'Er läuft in einem anderen Tab.',
	serverFull: 'Der Server ist voll',
	serverFullHelp:
		'Er kann gerade niemanden mehr aufnehmen. Warte einen Moment und versuch es dann noch einmal.',
	serverStopping: 'Der Server startet neu',
	serverStoppingHelp: 'Er ist gleich wieder da. Versuch es noch einmal.',
	clientTooOld: 'Es gibt eine neuere Version von Parley',
	clientTooOldHelp:
		'Mit dieser Version kann der Server nichts mehr anfangen. Aktualisiere, um mit der neuen beizutreten.',
	originRefused: 'Diese Adresse wird nicht bedient',
	originRefusedHelp: 'Der Server nimmt Anrufe nur von einer anderen Adresse an. Prüf den Link.',
	insecure: 'Diese Seite ist nicht sicher',
	insecureHelp:
		'Über http kann dieser Browser keinen Anruf verschlüsseln. Öffne die Adresse, die mit https beginnt.',
	unexpected: 'Etwas ist schiefgegangen',
	unexpectedHelp:
		'Es lag nicht an dir. Versuch es noch einmal, und wenn es wieder passiert, lade die Seite neu.',
	pageRefused: 'Der Server lehnt diese Seite ab',
	pageRefusedHelp:
		'Der Server kennt {origin} nicht als seine eigene Adresse. Wer ihn betreibt, muss ORIGIN darauf setzen oder den Proxy davor den Host-Header durchreichen lassen.',
	blocked: 'In diesem Netz werden Anrufe blockiert',
	blockedHelp:
		'Ein Proxy oder eine Firewall lässt diese Seite durch, aber keine Anrufe. Versuch es in einem anderen Netz, oder sag denen, die den Server betreiben, dass Anfragen an /trpc abgelehnt werden.',
	intercepted: 'Etwas anderes antwortet anstelle des Servers',
	interceptedHelp:
		'Vielleicht musst du dich in diesem Netz erst anmelden. Öffne irgendeine andere Seite, um das zu sehen, oder versuch es in einem anderen Netz.',
	buffered: 'Ein Proxy hält den Anruf auf',
	bufferedHelp:
		'Was der Server sendet, bleibt unterwegs hängen. Versuch es in einem anderen Netz, oder sag denen, die den Server betreiben, dass der Proxy WebSockets durchlassen muss oder /trpc nicht puffern darf.',

	mediaDenied:
		'Parley darf {device, select, microphone {dein Mikrofon} camera {deine Kamera} other {dein Mikrofon und deine Kamera}} nicht benutzen',
	mediaDeniedBySystem:
		'Dein System lässt den Browser {device, select, microphone {das Mikrofon} camera {die Kamera} other {Mikrofon und Kamera}} nicht benutzen',
	mediaDismissed:
		'Der Browser muss noch nach {device, select, microphone {deinem Mikrofon} camera {deiner Kamera} other {Mikrofon und Kamera}} fragen',
	mediaDismissedHelp: 'Versuch es noch einmal und wähle „Zulassen“, wenn er fragt.',
	mediaNotFound:
		'{device, select, microphone {Kein Mikrofon gefunden} camera {Keine Kamera gefunden} other {Weder Mikrofon noch Kamera gefunden}}',
	mediaNotFoundHelp: 'Schließ eins an, dann wird es benutzt.',
	mediaBusy:
		'Eine andere App benutzt gerade {device, select, microphone {dein Mikrofon} camera {deine Kamera} other {dein Mikrofon und deine Kamera}}',
	mediaBusyHelp: 'Schließ die andere App oder den anderen Tab und versuch es noch einmal.',
	mediaInsecure:
		'{device, select, microphone {Das Mikrofon lässt} camera {Die Kamera lässt} other {Mikrofon und Kamera lassen}} sich unter dieser Adresse nicht benutzen',
	mediaInsecureHelp:
		'Browser erlauben das nur auf Adressen, die mit https beginnen. Zuhören und schreiben kannst du trotzdem.',
	mediaUnsupported:
		'Dieser Browser kann Parley {device, select, microphone {dein Mikrofon} camera {deine Kamera} other {dein Mikrofon und deine Kamera}} nicht geben',
	mediaUnsupportedHelp: 'Öffne den Link in einem aktuellen Chrome, Edge, Firefox oder Safari.',
	mediaLost:
		'{device, select, microphone {Das Mikrofon ist} camera {Die Kamera ist} other {Mikrofon und Kamera sind}} ausgefallen',
	mediaLostHelp:
		'Ausgesteckt oder vom System weggenommen. Steck das Gerät wieder ein oder wähle ein anderes.',
	mediaInterrupted:
		'{device, select, microphone {Dein Mikrofon ist} camera {Deine Kamera ist} other {Dein Mikrofon und deine Kamera sind}} unterbrochen',
	mediaInterruptedHelp:
		'Ein Telefonat oder eine andere App benutzt es gerade, oder es kommt kein Signal. Das gibt sich von selbst, und die anderen sehen die Unterbrechung.',
	mediaAsking:
		'Dein Browser fragt gerade, ob Parley {device, select, microphone {dein Mikrofon} camera {deine Kamera} other {dein Mikrofon und deine Kamera}} benutzen darf',
	mediaNoAnswer:
		'{device, select, microphone {Dein Mikrofon reagiert} camera {Deine Kamera reagiert} other {Dein Mikrofon und deine Kamera reagieren}} nicht',
	mediaNoAnswerNamed: '{label} reagiert nicht',
	mediaNoAnswerHelp:
		'Sobald sich das ändert, geht es weiter. Zieh den Stecker und steck ihn wieder ein, oder wähle {device, select, microphone {ein anderes Mikrofon} camera {eine andere Kamera} other {ein anderes Gerät}}.',
	mediaUnknown:
		'{device, select, microphone {Das Mikrofon ist} camera {Die Kamera ist} other {Mikrofon und Kamera sind}} nicht gestartet',
	mediaUnknownHelp:
		'Versuch es noch einmal oder wähle ein anderes Gerät. Meist hilft es, den Browser neu zu starten.',
	joinWithout: 'Ohne {device, select, microphone {Mikrofon} camera {Kamera} other {beides}} beitreten',
	screenInstead: 'Stattdessen den Bildschirm teilen',
	allowIosSafari:
		'Tipp auf das Seitenmenü neben der Adresse, dann auf „Website-Einstellungen“, und erlaube {device, select, microphone {das Mikrofon} camera {die Kamera} other {Mikrofon und Kamera}}.',
	allowIos:
		'Öffne die Einstellungen des Systems, such diesen Browser und erlaube {device, select, microphone {das Mikrofon} camera {die Kamera} other {Mikrofon und Kamera}}.',
	allowSafari:
		'Wähle in der Menüleiste „Safari“, dann „Einstellungen für diese Website“, und erlaube {device, select, microphone {das Mikrofon} camera {die Kamera} other {Mikrofon und Kamera}}.',
	allowFirefox:
		'Klick auf das durchgestrichene Symbol neben der Adresse und heb die Sperre für {device, select, microphone {das Mikrofon} camera {die Kamera} other {Mikrofon und Kamera}} auf.',
	allowAndroid:
		'Tipp auf das Symbol vor der Adresse, dann auf „Berechtigungen“, und erlaube {device, select, microphone {das Mikrofon} camera {die Kamera} other {Mikrofon und Kamera}}.',
	allowChromium:
		'Klick auf das Symbol vor der Adresse und schalte {device, select, microphone {das Mikrofon} camera {die Kamera} other {Mikrofon und Kamera}} für diese Website ein.',
	allowOther:
		'Erlaube {device, select, microphone {das Mikrofon} camera {die Kamera} other {Mikrofon und Kamera}} für diese Website in den Einstellungen des Browsers.',
	answerOnScreen:
		'Wähle „Zulassen“ auf deinem Bildschirm. Wenn du dort keine Frage siehst, lade die Seite neu.',
	answerFirefox:
		'Wähle „Erlauben“ im Feld unter der Adresse. Wenn dort keins ist, klick auf das Symbol neben der Adresse.',
	answerChromium:
		'Wähle „Zulassen“ oben im Fenster. Wenn du dort keine Frage siehst, klick auf das Symbol vor der Adresse.',
	answerOther: 'Wähle „Zulassen“, wo dein Browser fragt. Wenn du keine Frage siehst, lade die Seite neu.',
	systemMacos:
		'Öffne „Systemeinstellungen“, dann „Datenschutz & Sicherheit“, und erlaube diesem Browser {device, select, microphone {das Mikrofon} camera {die Kamera} other {Mikrofon und Kamera}}.',
	systemWindows:
		'Öffne „Einstellungen“, dann „Datenschutz und Sicherheit“, und lass Desktop-Apps {device, select, microphone {das Mikrofon} camera {die Kamera} other {Mikrofon und Kamera}} benutzen.',
	systemAndroid:
		'Öffne „Einstellungen“, „Apps“, diesen Browser, „Berechtigungen“, und erlaube {device, select, microphone {das Mikrofon} camera {die Kamera} other {Mikrofon und Kamera}}.',
	systemIos:
		'Öffne die Einstellungen, such diesen Browser und erlaube {device, select, microphone {das Mikrofon} camera {die Kamera} other {Mikrofon und Kamera}}.',
	systemOther:
		'Erlaube diesem Browser {device, select, microphone {das Mikrofon} camera {die Kamera} other {Mikrofon und Kamera}} in den Datenschutz-Einstellungen des Systems.',

	inAnotherApp: 'In einer anderen App',
	interrupted:
		'{device, select, microphone {Mikrofon} camera {Kamera} other {Mikrofon und Kamera}} unterbrochen',
	pathNoRelay:
		'Zwischen euren Netzen gibt es keinen Weg. Wer diesen Server betreibt, kann ein TURN-Relay hinzufügen.',
	pathRelayUnreachable:
		'Zwischen euren Netzen gibt es keinen Weg, und das TURN-Relay des Servers antwortet nicht. Wer es betreibt, sollte nachsehen.',
	pathAddressHidden:
		'Du verbirgst deine Adresse, und dieser Server hat kein Relay, das für sie einspringt. Schalte das in den Einstellungen aus, um von hier aus anzurufen.',
	pathUnproven:
		'Nicht verbunden: Dort ist ein anderer Link offen, oder er wurde unterwegs verändert. Schick deinen Link noch einmal.',

	linkWithoutSecret:
		'Diesem Link fehlt das Ende. Du warst schon einmal mit dem vollständigen Link in diesem Raum.',
	useFullLink: 'Vollständigen Link benutzen',
	linkOtherRoom:
		'Du warst schon einmal in einem Raum mit diesem Namen, über einen anderen Link. Dieser Link führt in einen anderen Raum.',
	useLinkFromBefore: 'Link von früher benutzen',
	addressDamaged: 'Der Link in der Adresszeile ist beschädigt. Hier hat sich nichts geändert.',
	linkDamaged: 'Dieser Link ist beschädigt',
	linkDamagedHelp:
		'Ein Teil ging unterwegs verloren oder wurde verändert. Lass dir den Link noch einmal schicken und kopier ihn ganz.',
} as const satisfies Translation<typeof english>;
