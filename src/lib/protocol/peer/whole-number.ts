/** A number that JSON keeps, within bounds. */
import * as v from 'valibot';

export const wholeNumber = (min: number, max: number) =>
	v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
