import { describe, expect, it } from 'vitest';
import { hear, hearAll, holdMs, silentSpeaker, type Speaker } from './active-speaker';

/** Feeds levels 200 ms apart and tells after each whether this is speech. */
function listen(levels: number[], start: Speaker = silentSpeaker): boolean[] {
	let speaker = start;
	return levels.map((level, index) => {
		speaker = hear(speaker, level, index * 200);
		return speaker.speaking;
	});
}

describe('speech', () => {
	it('begins with the second loud sample, so that a click is none', () => {
		expect(listen([0, 0.3, 0, 0, 0.3, 0.3])).toEqual([false, false, false, false, false, true]);
	});

	it('does not begin with a room that hums', () => {
		expect(listen([0.015, 0.015, 0.015, 0.015])).toEqual([false, false, false, false]);
	});

	it('goes on while it is only quieter', () => {
		expect(listen([0.1, 0.1, 0.012, 0.012, 0.012, 0.012, 0.012, 0.012]).slice(1)).not.toContain(false);
	});

	it('lasts over the pauses between words and ends after them', () => {
		const heard = listen([0.1, 0.1, 0, 0, 0, 0, 0, 0]);
		const silentForMs = (index: number) => (index - 1) * 200;
		heard.slice(2).forEach((speaking, offset) => {
			expect(speaking).toBe(silentForMs(offset + 2) < holdMs);
		});
	});

	it('needs two loud samples again after it has ended', () => {
		expect(listen([0.1, 0.1, 0, 0, 0, 0, 0, 0.1, 0.1]).slice(-3)).toEqual([false, false, true]);
	});
});

describe('hearing everyone', () => {
	it('keeps each apart, and forgets at once whoever has no sample', () => {
		let speakers = new Map<string, Speaker>();
		const rounds = [{ ann: 0.2, ben: 0 }, { ann: 0.2, ben: 0.2 }, { ben: 0.2 }, { ann: 0.2, ben: 0.2 }];
		const heard = rounds.map((round, index) => {
			speakers = hearAll(speakers, new Map(Object.entries(round)), index * 200);
			return [...speakers].filter(([, speaker]) => speaker.speaking).map(([id]) => id);
		});
		expect(heard).toEqual([[], ['ann'], ['ben'], ['ben']]);
	});
});
