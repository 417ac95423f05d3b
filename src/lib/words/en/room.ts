/** The sentences of a room before the call, as long as nothing goes wrong. */
export default {
	connecting: 'Connecting…',
	reconnecting: 'Reconnecting…',
	noConnection: 'No connection',
	poorConnectionTo: 'Poor connection to {name}',
	connectionToLost: 'Connection to {name} lost',
	ownName: '{name} (you)',
	serverOutOfReach: "Can't reach the server",
	youAreOffline: "You're offline",
	joinOnceConnected: "You'll join as soon as there's a connection.",
	getReadyOffline: "Get ready here. If you join now, you'll come in as soon as there's a connection.",
	checkingWhoIsHere: "Checking who's here…",
	peopleHere: "{count, plural, =0 {You're the first} one {# person is here} other {# people are here}}",
	peopleHereFull:
		'{count, plural, one {# person is here} other {# people are here}}, and all seats are taken',
	deviceSilent: 'No signal from {label}. Still using the previous one.',
	defaultDeviceSilent:
		'No signal from the default {kind, select, microphone {microphone} camera {camera} other {speaker}}. Still using the previous one.',

	thatFailed: "That didn't work",
	thatFailedHelp: 'Try again; if it keeps happening, reload the page.',
	callsBlocked: "This network doesn't let calls through",
	callsBlockedHelp: 'Try another network.',

	waitingForAnswer: 'Waiting for your answer',
	startingCamera: 'Starting the camera…',
	cameraOff: 'Your camera is off',
	nameMissing: 'The others will want to know who you are',
	nameInvisible: 'Nobody could see that name. Use letters, numbers or emoji.',
	parleyHome: 'Parley, home',
	checkNeeds: 'Check what a call needs here',
	openLobby:
		'Anyone with the name can come in, and whoever runs this server could listen in. For a private link, <a>start a new call</a>.',
	keepsTrying: 'Parley keeps trying.',
	keepsTryingToJoin: "Parley keeps trying, and you'll join by yourself.",
	waitingForSeat: "The room is full. You'll join as soon as a seat is free.",
	stopWaiting: 'Stop waiting',
	waitForSeat: 'Wait for a seat',
	joining: 'Joining…',
	joinCall: 'Join call',
} as const;
