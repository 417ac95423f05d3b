/** What is proven in a call and what is not, in two sentences each. */

export function securityWords(hasSecret: boolean): string[] {
	return hasSecret
		? [
				'Everybody here came by the same link: what you say, show and write is encrypted from browser to browser, and the server can neither read nor change it.',
				'Whoever gets the link can come in, and whoever ships this app could change what it does.',
			]
		: [
				'What you say, show and write is encrypted from browser to browser, but this link has no secret that proves who is at the other end.',
				'Anyone with the name can come in, and whoever runs this server could sit in between without being seen.',
			];
}

export function compareWords(hasSecret: boolean): string {
	return hasSecret
		? 'To be surer still, read these to each other. Where both of you have the same four, nobody is in between.'
		: 'Read these to each other. Where both of you have the same four, nobody is in between.';
}

/** Of somebody whose words can't be told now. */
export function noWords(connected: boolean): string {
	return connected ? 'This browser does not say. Try again in a moment.' : 'Not connected';
}
