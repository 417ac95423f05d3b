/** What `en/home.ts` says, in German. */
import type english from '../en/home';
import type { Translation } from '../catalog';

export default {
	homeTitle: 'Parley: Videoanrufe, die mit einem Link beginnen',
	talkFaceToFace: 'Von Angesicht zu Angesicht',
	startAndSend: 'Starte einen Anruf und schick den Link. Kein Konto, nichts zu installieren.',
	roomNameOrLink: 'Raumname oder Link',
	roomExample: 'teamrunde',
	join: 'Beitreten',
	scanCode: 'Code scannen',
	checkAll: 'Kamera, Ton und Verbindung prüfen',
	recentRooms: 'Letzte Räume',
	byName: 'nur über den Namen',
	byLink: 'Link endet auf {end}',
	pasteHint: 'Du hast einen Link bekommen? Füg ihn hier ein.',
	willJoin: 'Du trittst {room} bei',
	codeDamaged: 'Dieser Code ist beschädigt. Lass dir einen neuen geben.',
	codeNoRoom: 'Dieser Code führt hier in keinen Raum.',
	scannerNoReader: 'Codes lassen sich gerade nicht lesen. Füg stattdessen den Link ein.',
	scannerNoCamera:
		'Die Kamera liefert kein Bild. Erlaube sie für diese Website, oder füg stattdessen den Link ein.',
	whatCameraSees: 'Was die Kamera sieht',
	holdCode: 'Halte den Code eines Anrufs vor die Kamera.',
	shareAgain: 'Bitte teile den Link noch einmal',
	shareAgainHelp:
		'Parley wurde auf diesem Gerät gerade erst eingerichtet und hat ihn verpasst. Teile ihn noch einmal, oder füg ihn auf der Startseite ein.',
	pasteLink: 'Link einfügen',
	noLinkShared: 'Darin ist kein Link zu einem Anruf',
	noLinkSharedHelp: 'Teile den ganzen Link, den du bekommen hast. Er sieht so aus: {example}',
	linkToOtherSite: 'Link zu einer anderen Website',
	leadsToOtherSite: 'Dieser Link führt zu einer anderen Website: <b>{site}</b>',
	otherSiteHelp:
		'Sie wird nicht von denen betrieben, die diese App betreiben. Öffne sie nur, wenn du sie kennst und der Person vertraust, die dir den Link geschickt hat.',
	openSite: '{site} öffnen',
	dontOpen: 'Nicht öffnen',
} as const satisfies Translation<typeof english>;
