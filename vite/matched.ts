/**
 * Settings of the build name files by patterns. A file that is moved or renamed would leave its pattern without a word, and the build would be another
 * one: so each pattern must match something, or the build fails and says which does not.
 */
import type { Plugin, Rolldown } from 'vite';

/** @param patterns by where each stands, each tried on the ids of all modules of the client */
export function everyPatternMatches(patterns: Record<string, readonly RegExp[]>): Plugin {
	return {
		name: 'parley-every-pattern-matches',
		apply: 'build',
		applyToEnvironment: ({ name }) => name === 'client',
		buildEnd(error) {
			if (error) return;
			const ids = [...this.getModuleIds()];
			const problems = Object.entries(patterns).flatMap(([place, group]) =>
				group
					.filter((pattern) => !ids.some((id) => pattern.test(id)))
					.map((pattern) => `${place}: no module of the client matches ${String(pattern)}`),
			);
			if (problems.length > 0) failBuild(this, problems.join('\n'));
		},
	};
}

/** Plugins that find nothing to close complain after the one that fails, and theirs is the only error that Vite shows: so it is printed as well. */
export function failBuild(plugin: Rolldown.PluginContext, problem: string): never {
	console.error(problem);
	return plugin.error(problem);
}
