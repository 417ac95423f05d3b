import { describe, expect, it } from 'vitest';
import {
	codeAfterBreak,
	failingSources,
	mediaFailure,
	mediaFailureCode,
	missingMediaDevices,
	worthAskingAlone,
} from './media-failure';

function code(name: string, message = '', permission?: PermissionState, secureContext = true) {
	return mediaFailureCode(new DOMException(message, name), { permission, secureContext });
}

describe('why a device gives nothing', () => {
	it('tells a refusal from a closed question by the words of Chromium', () => {
		expect(code('NotAllowedError', 'Permission denied', 'denied')).toBe('denied');
		expect(code('NotAllowedError', 'Permission dismissed', 'prompt')).toBe('dismissed');
		expect(code('NotAllowedError', 'Permission denied by system', 'granted')).toBe('denied-by-system');
	});

	it('tells them by the permission where the words are the same for all', () => {
		const words = 'The request is not allowed by the user agent or the platform in the current context.';
		expect(code('NotAllowedError', words, 'granted')).toBe('denied-by-system');
		expect(code('NotAllowedError', words, 'prompt')).toBe('dismissed');
		expect(code('NotAllowedError', words, 'denied')).toBe('denied');
		expect(code('NotAllowedError', words)).toBe('denied');
	});

	it('takes an aborted start for a device held elsewhere, as it is in Firefox', () => {
		expect(code('NotReadableError', 'Could not start video source')).toBe('busy');
		expect(code('AbortError', 'Starting videoinput failed')).toBe('busy');
	});

	it('names what is absent, insecure or not supported', () => {
		expect(code('NotFoundError')).toBe('not-found');
		expect(code('OverconstrainedError')).toBe('not-found');
		expect(code('SecurityError', '', undefined, false)).toBe('insecure');
		expect(code('SecurityError', '', undefined, true)).toBe('denied');
		expect(code('NotSupportedError')).toBe('unsupported');
		expect(missingMediaDevices(false)).toBe('insecure');
		expect(missingMediaDevices(true)).toBe('unsupported');
	});

	it('has a code for whatever else is thrown', () => {
		for (const thrown of [undefined, null, 'no', 7, {}, { name: 3 }, new TypeError('bad constraints')]) {
			expect(mediaFailureCode(thrown, { permission: undefined, secureContext: true })).toBe('unknown');
		}
	});

	it('mends itself only where no person has to do anything in the browser', () => {
		const mending = (
			['denied', 'denied-by-system', 'dismissed', 'not-found', 'busy', 'lost'] as const
		).filter((each) => mediaFailure(each).mendsItself);
		expect(mending).toEqual(['not-found', 'busy', 'lost']);
	});
});

describe('why a device gives nothing any more', () => {
	it('is that it is lost, or taken away for now, or refused', () => {
		expect(codeAfterBreak('not-found', false)).toBe('lost');
		expect(codeAfterBreak('busy', false)).toBe('interrupted');
		expect(codeAfterBreak('no-answer', false)).toBe('interrupted');
		expect(codeAfterBreak('denied', false)).toBe('denied');
	});

	it('is no refusal while the page is hidden: it may be given again to one that is seen', () => {
		expect(codeAfterBreak('denied', true)).toBe('interrupted');
		expect(codeAfterBreak('not-found', true)).toBe('lost');
	});
});

describe('asking for one device after both were refused', () => {
	const refused = new DOMException('Permission denied', 'NotAllowedError');

	it('is right when only the other one was the trouble', () => {
		expect(worthAskingAlone(new DOMException('', 'NotFoundError'), 'prompt', 'prompt')).toBe(true);
		expect(worthAskingAlone(refused, 'granted', 'denied')).toBe(true);
		expect(worthAskingAlone(refused, 'prompt', 'denied')).toBe(true);
	});

	it('is wrong when the person has just said no, or nothing', () => {
		expect(worthAskingAlone(refused, 'prompt', 'prompt')).toBe(false);
		expect(worthAskingAlone(refused, 'denied', 'denied')).toBe(false);
		expect(worthAskingAlone(refused, undefined, undefined)).toBe(false);
	});
});

describe('failing sources', () => {
	const source = { wanted: true, state: 'on', failure: null } as const;
	const failing = { wanted: true, state: 'off', failure: { code: 'busy' } } as const;
	const media = (microphone: object, camera: object) =>
		({ microphone, camera }) as Parameters<typeof failingSources>[0];

	it('are those that are wanted and can not be had', () => {
		expect(failingSources(media(source, source))).toEqual([]);
		expect(failingSources(media(source, failing))).toEqual([{ source: 'camera', code: 'busy' }]);
		expect(failingSources(media({ ...failing, wanted: false }, failing))).toEqual([
			{ source: 'camera', code: 'busy' },
		]);
	});
});
