/** What any page may say. */
export default {
	home: 'Home',
	backToHome: 'Back to home',
	newCall: 'New call',
	you: 'You',
	close: 'Close',
	dismiss: 'Dismiss',
	reload: 'Reload',
	refresh: 'Refresh',
	later: 'Later',
	tryAgain: 'Try again',
	microphone: 'Microphone',
	camera: 'Camera',
	speaker: 'Speaker',
	microphoneDevice: 'Microphone device',
	cameraDevice: 'Camera device',
	speakerDevice: 'Speaker device',
	systemDefault: 'System default',
	deviceNumber: '{device} {number}',
	yourCamera: 'Your camera',
	noPicture: 'No picture',
	yourName: 'Your name',
	settings: 'Settings',
	dataSaver: 'Data saver',
	keyboardShortcuts: 'Keyboard shortcuts',
	canICall: 'Can I call from here?',
	pageTitle: '{page} · Parley',

	partNotLoaded:
		"{part, select, message {This message couldn't be loaded.} scanner {The scanner couldn't be loaded.} devices {The help for your devices couldn't be loaded.} link {The note about this link couldn't be loaded.} call {The call couldn't be loaded yet. Trying again…} other {This page couldn't be loaded.}}",
	chatMissing: "The chat couldn't be loaded. Trying again…",
	chatMissingReplaced:
		"The chat can't be loaded because Parley was updated. Reload after the call to get it back.",
	partMissing: "That part couldn't be loaded. Trying again…",
	partMissingReplaced:
		"That part can't be loaded because Parley was updated. Reload after the call to get it back.",

	leaveForPage: 'Leave this call to open another page?',
	leaveForRoom: 'Leave this call for {room}?',
	leaveForNamesake: 'Leave this call for another room of the same name?',
	leaveAndOpen: 'Leave and open',
	stayInCall: 'Stay in this call',
	noFilesYet: "Files can't be sent yet.",
	newVersion: 'A new version of Parley is ready.',

	notWorking: 'Not working',
	starting: 'Starting',
	link: 'Link',
	copyLink: 'Copy link',
	copied: 'Copied',
	copyRefused:
		"Your browser didn't let Parley copy the link. It's selected: press Ctrl+C or ⌘C, or hold it and choose Copy.",

	pageNotFound: 'Nothing here',
	pageNotFoundHelp: 'The address may be mistyped, or part of the link is missing. Ask for it again.',
	pageBroken: 'Something went wrong',
	pageBrokenHelp: "This page couldn't be shown. Reload it, or start again from home.",

	nameTooShort:
		'A room name needs at least {count, plural, one {# letter or digit} other {# letters or digits}}',
	nameTooLong: "A room name can't have more than {count, plural, one {# letter} other {# letters}}",
	nameMixed:
		'This name mixes letters that look alike in different alphabets. Use one alphabet for each word.',
	nameCharacter: "A room name can't contain {character}",
	nameRefused: 'No room can have this name',
	nameRefusedHelp: '{why}. Ask for the link again, or start a call of your own.',
	typeOrPaste: 'Type the name of a room, or paste its link',
	pastedDamaged: 'This link is damaged: part of it was lost on the way. Ask for it again.',
	pastedNoRoom: "That address doesn't lead to a room",
	pastedElsewhere: 'That room is on another server. Open its link in a new tab.',
} as const;
