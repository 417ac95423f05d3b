import { describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../../../tests/support/fake-clock';
import { createReconciler, stepMaxMs } from './reconcile';

/** Steps that end when the test says so. */
function gate() {
	const begun: string[] = [];
	const open: { resolve(): void; reject(error: unknown): void }[] = [];
	return {
		begun,
		step(desired: string): Promise<void> {
			begun.push(desired);
			return new Promise((resolve, reject) => open.push({ resolve, reject }));
		},
		finish: async () => {
			open.shift()?.resolve();
			await settle();
		},
		fail: async (error: unknown) => {
			open.shift()?.reject(error);
			await settle();
		},
	};
}

describe('a reconciler', () => {
	it('begins the first step in the task of the wish, so that a click still counts as one', () => {
		const steps = gate();
		const reconciler = createReconciler({ clock: new FakeClock(), initial: 'off', apply: steps.step });
		reconciler.want('on');
		expect(steps.begun).toEqual(['on']);
	});

	it('runs one step at a time and skips wishes that were overtaken', async () => {
		const steps = gate();
		const reconciler = createReconciler({ clock: new FakeClock(), initial: 'a', apply: steps.step });
		for (const wish of ['b', 'c', 'd', 'e']) reconciler.want(wish);
		expect(steps.begun).toEqual(['b']);
		await steps.finish();
		expect(steps.begun).toEqual(['b', 'e']);
		await steps.finish();
		expect(steps.begun).toEqual(['b', 'e']);
	});

	it('tells a running step which wish stands now', async () => {
		const seen: string[] = [];
		const steps = gate();
		const reconciler = createReconciler({
			clock: new FakeClock(),
			initial: 'off',
			apply: async (desired, latest) => {
				await steps.step(desired);
				seen.push(`${desired}, now ${latest()}`);
			},
		});
		reconciler.want('on');
		reconciler.want('off');
		await steps.finish();
		await steps.finish();
		expect(seen).toEqual(['on, now off', 'off, now off']);
	});

	it('reports a step that threw and goes on with the next wish', async () => {
		const failures: unknown[] = [];
		const steps = gate();
		const reconciler = createReconciler({
			clock: new FakeClock(),
			initial: 'a',
			apply: steps.step,
			failed: (error, desired) => failures.push([error, desired]),
		});
		reconciler.want('b');
		reconciler.want('c');
		await steps.fail('broken');
		expect(failures).toEqual([['broken', 'b']]);
		expect(steps.begun).toEqual(['b', 'c']);
	});

	it('applies the latest wish again when asked to, also from within a step', async () => {
		const begun: string[] = [];
		const reconciler = createReconciler<string>({
			clock: new FakeClock(),
			initial: 'a',
			apply: (desired) => {
				begun.push(desired);
				if (begun.length === 1) reconciler.want('c');
				return Promise.resolve();
			},
		});
		reconciler.want('b');
		await reconciler.idle();
		reconciler.again();
		await reconciler.idle();
		expect(begun).toEqual(['b', 'c', 'c']);
	});

	it('is idle only when the last step has ended', async () => {
		const steps = gate();
		const reconciler = createReconciler({ clock: new FakeClock(), initial: 'a', apply: steps.step });
		let idle = false;
		reconciler.want('b');
		reconciler.want('c');
		void reconciler.idle().then(() => (idle = true));
		await steps.finish();
		expect(idle).toBe(false);
		await steps.finish();
		expect(idle).toBe(true);
	});

	it('leaves a step behind that does not end, and grants the latest wish without it', async () => {
		const clock = new FakeClock();
		const steps = gate();
		const reconciler = createReconciler({ clock, initial: 'a', apply: steps.step });
		reconciler.want('b');
		reconciler.want('c');
		await clock.advance(stepMaxMs - 1);
		expect(steps.begun).toEqual(['b']);
		await clock.advance(1);
		expect(steps.begun).toEqual(['b', 'c']);
		await steps.finish();
		expect(steps.begun, 'what it did after all is looked at').toEqual(['b', 'c']);
		await steps.finish();
		expect(steps.begun).toEqual(['b', 'c', 'c']);
		await steps.finish();
		expect(clock.pending).toBe(0);
	});

	it('begins a wish at once after a step that was left behind, so that a click still counts as one', async () => {
		const clock = new FakeClock();
		const steps = gate();
		const reconciler = createReconciler({ clock, initial: 'a', apply: steps.step });
		reconciler.want('b');
		await clock.advance(stepMaxMs);
		reconciler.want('c');
		expect(steps.begun).toEqual(['b', 'c']);
	});
});
