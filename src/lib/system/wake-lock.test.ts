import { describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../../../tests/support/fake-clock';
import { bareSystem } from '../../../tests/support/fake-system';
import { stepMaxMs } from '../platform/reconcile';
import { keepScreenAwake } from './wake-lock';

class FakeLock {
	released = false;
	release(): Promise<void> {
		this.released = true;
		return Promise.resolve();
	}
}

function setUp({ visible = true, refuses = false } = {}) {
	const locks: FakeLock[] = [];
	const page = bareSystem();
	const clock = new FakeClock();
	page.setVisible(visible);
	const answers = { refuses, waiting: [] as (() => void)[], waits: false };
	const wakeLock = {
		async request() {
			if (answers.waits) await new Promise<void>((resolve) => answers.waiting.push(resolve));
			if (answers.refuses || !page.page.visible) throw new DOMException('', 'NotAllowedError');
			const lock = new FakeLock();
			locks.push(lock);
			return lock;
		},
	};
	const stop = keepScreenAwake({ wakeLock, page: page.page, clock });
	/** As a browser does it: a hidden page loses its lock. */
	const hide = () => {
		for (const lock of locks) lock.released = true;
		page.setVisible(false);
	};
	return {
		clock,
		locks,
		page,
		stop,
		hide,
		answers,
		held: () => locks.filter(({ released }) => !released).length,
	};
}

describe('the wake lock', () => {
	it('is held from the start to the end', async () => {
		const { held, stop, page } = setUp();
		await settle();
		expect(held()).toBe(1);
		stop();
		await settle();
		expect(held()).toBe(0);
		expect(page.listeners()).toBe(0);
	});

	it('is asked for again when the page is seen again, each time', async () => {
		const { held, hide, page } = setUp();
		for (let round = 0; round < 3; round++) {
			await settle();
			expect(held()).toBe(1);
			hide();
			await settle();
			expect(held()).toBe(0);
			page.setVisible(true);
		}
		await settle();
		expect(held()).toBe(1);
	});

	it('waits for a page that starts hidden', async () => {
		const { locks, held, page } = setUp({ visible: false });
		await settle();
		expect(locks).toHaveLength(0);
		page.setVisible(true);
		await settle();
		expect(held()).toBe(1);
	});

	it('is asked for again after a refusal only when the page is seen again', async () => {
		const { held, answers, page, hide } = setUp({ refuses: true });
		await settle();
		expect(held()).toBe(0);
		answers.refuses = false;
		hide();
		page.setVisible(true);
		await settle();
		expect(held()).toBe(1);
	});

	it('that arrives after the end is let go', async () => {
		const { held, stop, answers, page, hide } = setUp();
		await settle();
		hide();
		answers.waits = true;
		page.setVisible(true);
		stop();
		for (const go of answers.waiting) go();
		await settle();
		expect(held()).toBe(0);
	});

	it('is one, however often the page is hidden and seen while the system thinks', async () => {
		const { held, page, hide, answers } = setUp();
		await settle();
		hide();
		answers.waits = true;
		page.setVisible(true);
		page.setVisible(false);
		page.setVisible(true);
		answers.waits = false;
		for (const go of answers.waiting) go();
		await settle();
		expect(held()).toBe(1);
	});

	it('is asked for anew after a request that is never answered, and held once if both are', async () => {
		const { clock, held, page, hide, answers } = setUp();
		await settle();
		hide();
		answers.waits = true;
		page.setVisible(true);
		await clock.advance(stepMaxMs);
		answers.waits = false;
		hide();
		page.setVisible(true);
		await settle();
		expect(held()).toBe(1);
		for (const go of answers.waiting) go();
		await settle();
		expect(held()).toBe(1);
	});

	it('is absent without a trace', () => {
		const { page, listeners } = bareSystem();
		keepScreenAwake({ wakeLock: undefined, page, clock: new FakeClock() })();
		expect(listeners()).toBe(0);
	});
});
