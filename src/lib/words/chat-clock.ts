/** How the time of a message is written: with its date if that is not today. Pure. Loaded once somebody is inside. */
import { formatLocale } from './say';

const time: Intl.DateTimeFormatOptions = { hour: 'numeric', minute: '2-digit' };
const formats = {
	today: new Intl.DateTimeFormat(formatLocale(), time),
	thisYear: new Intl.DateTimeFormat(formatLocale(), { ...time, day: 'numeric', month: 'short' }),
	before: new Intl.DateTimeFormat(formatLocale(), {
		...time,
		day: 'numeric',
		month: 'short',
		year: 'numeric',
	}),
};

/** Both are in milliseconds since the epoch; days are in this device's time zone. */
export function isSameDay(one: number, other: number): boolean {
	return new Date(one).toDateString() === new Date(other).toDateString();
}

export function messageTimeWords(at: number, now: number): string {
	if (isSameDay(at, now)) return formats.today.format(at);
	const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
	return formats[isThisYear ? 'thisYear' : 'before'].format(at);
}

/** How long it takes until the device's next midnight. */
export function untilTomorrowMs(now: number): number {
	const tomorrow = new Date(now);
	tomorrow.setHours(24, 0, 0, 0);
	return tomorrow.getTime() - now;
}
