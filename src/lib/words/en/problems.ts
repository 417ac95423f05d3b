/** The sentences for what went wrong, and for what helps. */
export default {
	roomFull: 'The room is full',
	roomFullHelp:
		'All {limit, plural, other {# seats}} are taken. Wait here and you join as soon as one is free.',
	roomFullHelpPlain: 'All seats are taken. Wait here and you join as soon as one is free.',
	takenOver: 'You joined from another tab',
	takenOverHelp: 'The call goes on there. Rejoin to bring it back to this one.',
	badRoomName: "This room can't exist",
	badRoomNameHelp: 'A room name has 3 to 64 letters, digits and hyphens, in any script. Check the link.',
	badName: "That name doesn't work",
	badNameHelp: 'Choose another one, up to 64 characters long.',
	rateLimited: 'Too many tries',
	rateLimitedHelp: 'Wait {seconds, plural, one {a second} other {# seconds}}, then try again.',
	waitAndTryAgain: 'Wait a moment, then try again.',
	seatLost: 'You lost your seat',
	seatLostHelp: 'You were away for too long. Rejoin to take a new one.',
	alreadyJoined: "You're already in this call",
	alreadyJoinedHelp: 'Look for it in another tab.',
	serverFull: 'The server is full',
	serverFullHelp: "It can't take anyone else right now. Wait a moment, then try again.",
	serverStopping: 'The server is restarting',
	serverStoppingHelp: 'It will be back in a moment. Try again.',
	clientTooOld: "There's a newer version of Parley",
	clientTooOldHelp: 'The server no longer works with this version. Refresh to join with the new one.',
	originRefused: "This address isn't served",
	originRefusedHelp: 'The server only accepts calls from another address. Check the link.',
	insecure: "This page isn't secure",
	insecureHelp: "Over http, this browser can't encrypt a call. Open the address that begins with https.",
	unexpected: 'Something went wrong',
	unexpectedHelp: "It wasn't you. Try again; if it keeps happening, reload the page.",
	pageRefused: 'The server refuses this page',
	pageRefusedHelp:
		"The server doesn't know {origin} as its own address. Whoever runs it must set ORIGIN to that, or make the proxy in front of it pass on the Host header.",
	blocked: 'Something blocks calls on this network',
	blockedHelp:
		'A proxy or firewall lets this page through, but not its calls. Try another network, or tell whoever runs the server that requests to /trpc are refused.',
	intercepted: 'Something else answers for the server',
	interceptedHelp:
		'This network may want you to sign in first. Open any other site to see, or try another network.',
	buffered: 'A proxy is holding the call back',
	bufferedHelp:
		'What the server sends gets stuck on the way. Try another network, or tell whoever runs the server that the proxy must pass WebSockets on, or not buffer /trpc.',

	mediaDenied:
		"Parley isn't allowed to use your {device, select, microphone {microphone} camera {camera} other {microphone and camera}}",
	mediaDeniedBySystem:
		"Your system doesn't let the browser use the {device, select, microphone {microphone} camera {camera} other {microphone and camera}}",
	mediaDismissed:
		'The browser still has to ask about your {device, select, microphone {microphone} camera {camera} other {microphone and camera}}',
	mediaDismissedHelp: 'Try again, and choose Allow when it asks.',
	mediaNotFound:
		'{device, select, microphone {No microphone found} camera {No camera found} other {No microphone or camera found}}',
	mediaNotFoundHelp: 'Plug one in and it will be used.',
	mediaBusy:
		'Another app is using your {device, select, microphone {microphone} camera {camera} other {microphone and camera}}',
	mediaBusyHelp: 'Close the other app or tab, then try again.',
	mediaInsecure:
		"The {device, select, microphone {microphone} camera {camera} other {microphone and camera}} can't be used at this address",
	mediaInsecureHelp:
		'Browsers only allow this on addresses that start with https. You can still listen and write.',
	mediaUnsupported:
		"This browser can't give Parley your {device, select, microphone {microphone} camera {camera} other {microphone and camera}}",
	mediaUnsupportedHelp: 'Open the link in a current Chrome, Edge, Firefox or Safari.',
	mediaLost:
		'The {device, select, microphone {microphone} camera {camera} other {microphone and camera}} stopped',
	mediaLostHelp: 'It was unplugged, or the system took it away. Plug it in again or choose another.',
	mediaInterrupted:
		'{device, select, microphone {Your microphone is} camera {Your camera is} other {Your microphone and camera are}} interrupted',
	mediaInterruptedHelp:
		"A phone call or another app is using it, or it has no signal. It comes back by itself; the others can see that it's interrupted.",
	mediaAsking:
		'Your browser is asking for permission to use your {device, select, microphone {microphone} camera {camera} other {microphone and camera}}',
	mediaNoAnswer:
		"{device, select, microphone {Your microphone isn't} camera {Your camera isn't} other {Your microphone and camera aren't}} responding",
	mediaNoAnswerNamed: "{label} isn't responding",
	mediaNoAnswerHelp:
		'It will be used as soon as it does. Unplug it and plug it in again, or choose another {device, select, microphone {microphone} camera {camera} other {one}}.',
	mediaUnknown:
		"The {device, select, microphone {microphone} camera {camera} other {microphone and camera}} didn't start",
	mediaUnknownHelp: 'Try again, or choose another device. Restarting the browser usually helps.',
	joinWithout: 'Join without {device, select, microphone {a microphone} camera {a camera} other {them}}',
	screenInstead: 'Share your screen instead',
	allowIosSafari:
		'Tap the page menu beside the address, then Website Settings, and allow the {device, select, microphone {microphone} camera {camera} other {microphone and camera}}.',
	allowIos:
		"Open the system's Settings, find this browser, and allow the {device, select, microphone {microphone} camera {camera} other {microphone and camera}}.",
	allowSafari:
		'In the menu bar choose Safari, Settings for This Website, and allow the {device, select, microphone {microphone} camera {camera} other {microphone and camera}}.',
	allowFirefox:
		'Click the crossed-out symbol beside the address and clear the block for the {device, select, microphone {microphone} camera {camera} other {microphone and camera}}.',
	allowAndroid:
		'Tap the symbol before the address, then Permissions, and allow the {device, select, microphone {microphone} camera {camera} other {microphone and camera}}.',
	allowChromium:
		'Click the symbol before the address and switch the {device, select, microphone {microphone} camera {camera} other {microphone and camera}} on for this site.',
	allowOther:
		"Allow the {device, select, microphone {microphone} camera {camera} other {microphone and camera}} for this site in the browser's settings.",
	answerOnScreen: 'Choose Allow on your screen. If you see no question there, reload the page.',
	answerFirefox:
		'Choose Allow in the box below the address. If there is none, click the symbol beside the address.',
	answerChromium:
		'Choose Allow at the top of the window. If you see no question there, click the symbol before the address.',
	answerOther: 'Choose Allow where your browser asks. If you see no question, reload the page.',
	systemMacos:
		'Open System Settings, Privacy & Security, and allow this browser the {device, select, microphone {microphone} camera {camera} other {microphone and camera}}.',
	systemWindows:
		'Open Settings, Privacy & security, and let desktop apps use the {device, select, microphone {microphone} camera {camera} other {microphone and camera}}.',
	systemAndroid:
		'Open Settings, Apps, this browser, Permissions, and allow the {device, select, microphone {microphone} camera {camera} other {microphone and camera}}.',
	systemIos:
		'Open Settings, find this browser, and allow the {device, select, microphone {microphone} camera {camera} other {microphone and camera}}.',
	systemOther:
		"Allow this browser the {device, select, microphone {microphone} camera {camera} other {microphone and camera}} in the system's privacy settings.",

	inAnotherApp: 'In another app',
	interrupted:
		'{device, select, microphone {Microphone} camera {Camera} other {Microphone and camera}} interrupted',
	pathNoRelay: 'No way through between your networks. Whoever runs this server can add a TURN relay.',
	pathRelayUnreachable:
		"No way through between your networks, and the server's TURN relay doesn't answer. Whoever runs it should have a look.",
	pathAddressHidden:
		'You hide your address, and this server has no relay to stand in for it. Turn that off in the settings to call from here.',
	pathUnproven:
		'Not connected: they came by another link, or someone changed it on the way. Ask them to open the link you have.',

	linkWithoutSecret:
		"This link is missing its last part. You've been in this room before with the full link.",
	useFullLink: 'Use the full link',
	linkOtherRoom:
		"You've been in a room with this name before, by another link. This link leads to a different room.",
	useLinkFromBefore: 'Use the link from before',
	addressDamaged: 'The link in the address bar is damaged. Nothing has changed here.',
	linkDamaged: 'This link is damaged',
	linkDamagedHelp: 'Part of it was lost or changed on the way. Ask for the link again, and copy all of it.',
} as const;
