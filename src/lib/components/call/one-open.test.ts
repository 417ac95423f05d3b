import { describe, expect, it } from 'vitest';
import { createOneOpen } from './one-open';

/** Parts that come when the test says so. */
function build() {
	let shown: string | null = null;
	const one = createOneOpen<string>((part) => (shown = part));
	const ask = (name: string) => {
		let comes!: () => void;
		let fails!: () => void;
		const part = new Promise<string>((resolve, reject) => {
			comes = () => resolve(name);
			fails = () => reject(new Error('offline'));
		});
		return { opened: one.open(() => part), comes, fails };
	};
	return { one, ask, shown: () => shown };
}

describe('what opens over a call', () => {
	it('is what was asked for last, whatever comes first', async () => {
		const { ask, shown } = build();
		const [invite, menu] = [ask('invite'), ask('menu')];
		menu.comes();
		await menu.opened;
		expect(shown()).toBe('menu');
		invite.comes();
		await invite.opened;
		expect(shown()).toBe('menu');
	});

	it('stays closed once that was asked for, also where it was still on its way', async () => {
		const { one, ask, shown } = build();
		const invite = ask('invite');
		one.close();
		invite.comes();
		await invite.opened;
		expect(shown()).toBeNull();
	});

	it('leaves open what is open when it does not come, and says so', async () => {
		const { ask, shown } = build();
		const menu = ask('menu');
		menu.comes();
		await menu.opened;
		const invite = ask('invite');
		invite.fails();
		await expect(invite.opened).rejects.toThrow('offline');
		expect(shown()).toBe('menu');
	});
});
