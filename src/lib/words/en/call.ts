/** The sentences of a call and of the page after it, as long as nothing goes wrong. */
export default {
	unread: '{count, plural, other {# unread}}',

	pictureRefused: "Your browser didn't open a small window.",
	titleUnread: '({count}) {page} · Parley',
	nobodyYet: 'Nobody else is here yet. Send them the link.',
	lastLeft: '{name} has left. Nobody else is here now.',
	allLeft: 'Everyone else has left.',
	callControls: 'Call controls',
	switchCamera: 'Switch camera',
	shareScreen: 'Share screen',
	raiseHand: 'Raise hand',
	chat: 'Chat',
	invite: 'Invite',
	moreOptions: 'More options',
	leaveCall: 'Leave call',
	participants: 'Participants',
	yourScreen: 'Your screen',
	screenOf: '{name} (screen)',
	handRaised: 'Hand raised',
	microphoneOff: 'Microphone off',
	soundHeldBack: 'Your browser keeps the sound off until you tap or click on the page.',
	playSound: 'Play sound',
	callGoesOn: 'The call goes on. {title}.',
	findingServer: 'Looking for the server again. The call goes on.',

	chatMissing: "The chat couldn't be loaded. Trying again…",
	chatMissingReplaced:
		"The chat can't be loaded because Parley was updated. Reload after the call to get it back.",
	partMissing: "That part couldn't be loaded. Trying again…",
	partMissingReplaced:
		"That part can't be loaded because Parley was updated. Reload after the call to get it back.",

	youLeft: 'You left the call',
	youLeftHelp: 'Your camera and microphone are off.',
	rejoin: 'Rejoin',
	outdated: 'Parley was updated in the meantime. Some parts of this page need a reload.',
} as const;
