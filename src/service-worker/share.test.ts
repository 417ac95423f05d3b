import { describe, expect, it } from 'vitest';
import { sharedAddress } from './share';

const origin = 'https://parley.example';
const hash = '#q7Yw2mXKp4sVb9LhTzE0dA';

function share(fields: Record<string, string | Blob>): string {
	const form = new FormData();
	for (const [name, value] of Object.entries(fields)) form.set(name, value);
	return sharedAddress(form, origin);
}

describe('what is shared into the app', () => {
	it('leads into its room, with the secret behind the #', () => {
		const room = `${origin}/room/team-sync${hash}`;
		expect(share({ url: room })).toBe(room);
		expect(share({ title: 'Join my call', text: `At nine: ${room}.` })).toBe(room);
	});

	it('is handed to the page behind a # too when it leads to another site', () => {
		const url = `https://elsewhere.example/room/team-sync${hash}`;
		const address = new URL(share({ text: url }));
		expect(address.pathname + address.search).toBe('/join');
		expect(new URLSearchParams(address.hash.slice(1)).get('url')).toBe(url);
	});

	it('leads to the page that says so when there is no link in it', () => {
		expect(share({ text: 'see you at nine' })).toBe(`${origin}/join`);
		expect(share({ text: 'javascript:alert(1)' })).toBe(`${origin}/join`);
		expect(share({ url: new Blob(['a file']) })).toBe(`${origin}/join`);
		expect(share({})).toBe(`${origin}/join`);
	});
});
