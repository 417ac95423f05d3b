import * as v from 'valibot';

/** What a text in JSON says, as this schema has it; `null` for any other text. */
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
