/** A whole number within these bounds. JSON keeps it exactly. */
import * as v from 'valibot';

export const wholeNumber = (min: number, max: number) =>
	v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
