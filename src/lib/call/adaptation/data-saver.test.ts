import { describe, expect, it } from 'vitest';
import {
	dataSaverBudgetBps,
	dataSaverReason,
	freshLine,
	poorLineMs,
	saverShare,
	watchLine,
} from './data-saver';

/** Voice packets with headers, pictures with a tenth for theirs. */
function cost(others: number, screens: number): number {
	const { voiceBitrateMaxBps, camera, screen } = saverShare(others, screens);
	const voices = others * (voiceBitrateMaxBps + 50 * 58 * 8);
	return voices + 1.1 * (others * (camera?.bitrateMaxBps ?? 0) + screens * screen.bitrateMaxBps);
}

describe('what is shared out', () => {
	it('stays within the budget, with faces and with screens to look at', () => {
		for (let others = 0; others <= 11; others++) {
			for (const screens of [0, 1]) expect(cost(others, screens)).toBeLessThanOrEqual(dataSaverBudgetBps);
		}
	});

	it('stays within it with a screen of one’s own for up to five others', () => {
		for (let others = 1; others <= 5; others++) {
			expect(cost(others, others)).toBeLessThanOrEqual(dataSaverBudgetBps);
		}
	});

	it('goes to voices before screens before faces', () => {
		expect(saverShare(1, 0).camera?.bitrateMaxBps).toBeGreaterThan(200_000);
		expect(saverShare(3, 0).camera?.bitrateMaxBps).toBeGreaterThan(50_000);
		expect(saverShare(3, 1).screen.bitrateMaxBps).toBeGreaterThan(150_000);
		expect(saverShare(3, 1).camera).toBeNull();
		for (let others = 1; others <= 11; others++) {
			expect(saverShare(others, others).voiceBitrateMaxBps).toBeGreaterThanOrEqual(10_000);
		}
	});
});

describe('when it is on', () => {
	it('goes by what the person said before all else', () => {
		const saving = { poorSinceMs: 0, saving: true };
		expect(dataSaverReason('off', true, saving)).toBeNull();
		expect(dataSaverReason('on', false, freshLine)).toBe('chosen');
		expect(dataSaverReason('auto', true, saving)).toBe('system');
		expect(dataSaverReason('auto', false, saving)).toBe('poor-line');
		expect(dataSaverReason('auto', false, freshLine)).toBeNull();
	});

	it('takes a line that stays poor, and is not turned off by the line it has made well', () => {
		let line = watchLine(freshLine, true, 0);
		line = watchLine(line, true, poorLineMs - 1);
		expect(line.saving).toBe(false);
		line = watchLine(line, false, poorLineMs);
		line = watchLine(line, true, poorLineMs + 1);
		expect(line.saving).toBe(false);
		line = watchLine(line, true, 2 * poorLineMs + 1);
		expect(line.saving).toBe(true);
		expect(watchLine(line, false, 10 * poorLineMs).saving).toBe(true);
	});
});
