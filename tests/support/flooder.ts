/** Floods from a process of their own (`attackers.ts` has them), so that whoever measures is not slowed by them. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** How the flood was answered, with numbers. */
export type Met = ReadonlyMap<string, number>;

export interface Flooder {
	start(flood: string): Promise<void>;
	/** How it was answered so far. */
	report(): Promise<Met>;
	stop(): Promise<Met>;
	end(): Promise<void>;
}

/** `niceness`: as `nice` counts it. At 19 it takes nothing from whoever measures, and beside other work gets too little to be a flood. */
export async function startFlooder({ port }: { port: number }, niceness: number): Promise<Flooder> {
	const child = fork(join(import.meta.dirname, 'flood-process.mjs'), [String(port), String(niceness)]);
	const answer = async (): Promise<Met> => {
		const [entries] = (await once(child, 'message')) as [[string, number][]];
		return new Map(entries);
	};
	const tell = (order: string | object): Promise<Met> => {
		const answered = answer();
		child.send(order);
		return answered;
	};
	await answer();
	return {
		start: async (flood) => void (await tell({ start: flood })),
		report: () => tell('report'),
		stop: () => tell('stop'),
		async end() {
			const gone = once(child, 'exit');
			child.kill('SIGKILL');
			await gone;
		},
	};
}
