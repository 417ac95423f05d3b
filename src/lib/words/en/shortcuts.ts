/** The sentences for what the keys of a call do. */
export default {
	keyMicrophone: 'Microphone on or off',
	keyCamera: 'Camera on or off',
	keyScreen: 'Share your screen, or stop',
	keyHand: 'Raise or lower your hand',
	keyChat: 'Open or close the chat',
	keyTalk: 'Hold to talk while muted',
	keyHelp: 'Show these shortcuts',
	space: 'Space',
} as const;
