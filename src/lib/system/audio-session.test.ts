import { expect, it } from 'vitest';
import { soundLikeACall } from './audio-session';

it('the sound is a call for as long as it lasts, and then what it was', () => {
	const session = { type: 'auto' };
	const stop = soundLikeACall(session);
	expect(session.type).toBe('play-and-record');
	stop();
	expect(session.type).toBe('auto');
});

it('nothing happens where there is no audio session', () => {
	expect(() => soundLikeACall(undefined)()).not.toThrow();
});
