import { describe, expect, it } from 'vitest';
import { findSecret } from './link-secret';

const secret = 'q7Yw2mXKp4sVb9LhTzE0dA';

describe('the secret in a link', () => {
	it.each([
		...[
			'',
			'.',
			',',
			')',
			'>',
			'"',
			'’',
			'*',
			'_',
			'__',
			'-',
			'=',
			'%20',
			'%3D',
			'%3D%3D',
			'%2520',
			'%E2%80%8B',
		],
		...['。', '，', '」', '）', '\u200b', '\u2069', '加入', 'и', '&x=1', '?utm_source=mail', '%E2', '%'],
	])('is read with %j behind it', (behind) => {
		expect(findSecret(secret + behind)).toBe(secret);
	});

	it('is read behind and between what others put in', () => {
		for (const text of [`x=1&${secret}`, `%20${secret}`, `#${secret}`, `q7Yw2mXKp4\u200bsVb9LhTzE0dA`]) {
			expect(findSecret(text), text).toBe(secret);
		}
		expect(findSecret('q7Yw2mXKp4%E2%80%8BsVb9LhTzE0dA')).toBe(secret);
		expect(findSecret('q7Yw2mXKp4%73Vb9LhTzE0dA')).toBe(secret);
	});

	it.each([
		...['', 'chat', secret.slice(1), secret.slice(0, -1), `${secret}A`, `A${secret}`, `${secret}join`],
		...[`${secret.slice(0, 10)}.${secret.slice(11)}`, `${secret.slice(0, -1)}x`, `${secret.slice(0, 21)}а`],
	])('is not guessed from %j', (text) => {
		expect(findSecret(text)).toBeNull();
	});
});
