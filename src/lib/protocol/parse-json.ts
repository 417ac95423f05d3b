import * as v from 'valibot';

/** Parses a JSON text by this schema; `null` if it does not fit. */
export function parseJson<Schema extends v.GenericSchema>(
	schema: Schema,
	text: string,
): v.InferOutput<Schema> | null {
	try {
		const parsed = v.safeParse(schema, JSON.parse(text));
		return parsed.success ? parsed.output : null;
	} catch {
		return null;
	}
}
